/** One request, as the browser's own resource timing tells of it. */
export interface RequestMade {
  readonly url: string;
  /** epoch ms */
  readonly at: number;
  /** what crossed the network, 0 from the HTTP cache; 0 too where the browser does not tell, as of another origin without `Timing-Allow-Origin` */
  readonly bytes: number;
  readonly from: 'network' | 'cache';
}

/** Lists every request of this thread that the browser has timed: the latest 250, unless the page has widened that. */
export function readRequestsMade(): RequestMade[] {
  return performance.getEntriesByType('resource').map((entry) => {
    const { name, startTime, responseStart, transferSize, encodedBodySize } = entry;
    // Without a `responseStart` the host keeps its timing to itself, and no size means nothing.
    const isCached = responseStart > 0 && transferSize === 0;
    return {
      url: name,
      at: Math.round(performance.timeOrigin + startTime),
      bytes: isCached ? 0 : transferSize || encodedBodySize,
      from: isCached ? 'cache' : 'network',
    };
  });
}
