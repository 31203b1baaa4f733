/** One request, as the browser's own resource timing tells of it. */
export interface RequestMade {
  readonly url: string;
  /** epoch ms */
  readonly at: number;
  /** what crossed the network, 0 from the HTTP cache; -1 where the browser does not tell, as of another origin without `Timing-Allow-Origin` */
  readonly bytes: number;
}

/** A browser lists a request some time after its body was read; by then it has. */
export const LISTED_MS = 500;

/** Lists every request of this thread that the browser has timed: the first 250, unless somebody has changed that. */
export function readRequestsMade(): RequestMade[] {
  return performance.getEntriesByType('resource').map(({ name, startTime, responseStart, transferSize }) => ({
    url: name,
    at: Math.round(performance.timeOrigin + startTime),
    // A host that keeps its timing to itself has no `responseStart` either.
    bytes: responseStart ? transferSize : -1,
  }));
}
