import type { OnError } from './capture/capture-context.js';
import type { ResolvedOptions } from './options.js';
import type { HeldLoop, LoopTargets } from './running-loop.js';

/** What loads only where it is needed: each is the file of its name beside the page script. */
export interface Chunks {
  /** with consent, or where the shop has capture hold in memory until then */
  readonly loop: { holdLoop(files: Files, options: ResolvedOptions, targets: LoopTargets): HeldLoop };
  readonly 'page-engine': Pick<typeof import('./connect/page-engine.js'), 'createPageEngine'>;
  readonly 'json-ld': Pick<typeof import('./adapters/json-ld.js'), 'createJsonLdReader'>;
  readonly analytics: Pick<typeof import('./analytics/start-analytics.js'), 'startAnalytics'>;
  /** with consent, where the shop has offers; the engine loads it too, by `offersUrl` */
  readonly offers: Pick<typeof import('./follow-offers.js'), 'followOffers'>;
  /** where a worker has something to tell people */
  readonly messages: Pick<typeof import('../core/coded-text.js'), 'inWords'>;
  /** in the place of `loop` where a holdout test runs, and to take off what it wrote */
  readonly holdout: Chunks['loop'] & {
    takeOff(files: Files, options: Pick<ResolvedOptions, 'cart' | 'onArm'>, onError: OnError): void;
  };
  readonly sources: Pick<typeof import('./adapters/sources.js'), 'loadArmWriter' | 'startSources'>;
  /** when the receipt is asked for */
  readonly receipt: Pick<typeof import('./read-receipt.js'), 'readReceipt'>;
}

/** The files beside the page script. */
export interface Files {
  /**
   * Starts worker.js: as the entry's bundler knows it, or by its URL.
   *
   * @param spawnAt comes with the loop, so that the page script is without it
   * @throws where workers cannot be had
   */
  spawnWorker(spawnAt: (url: URL) => Worker): Worker;
  /** absolute */
  readonly runtimeUrl: string;
  /** absolute */
  readonly tfjsUrl: string;
  /** absolute, of offers.js */
  readonly offersUrl: string;
  load<Name extends keyof Chunks>(name: Name): Promise<Chunks[Name]>;
}

/** Finds the files: in the folder that the shop's options name, or where only an entry can know. @param baseUrl absolute */
export type Platform = (baseUrl?: string) => Files;

/** What can be told from the folder that holds the built files. */
export function assetsAt(baseUrl: string): Pick<Files, 'spawnWorker' | 'runtimeUrl' | 'tfjsUrl' | 'offersUrl'> {
  return {
    spawnWorker: (spawnAt) => spawnAt(new URL('worker.js', baseUrl)),
    runtimeUrl: new URL('runtime.js', baseUrl).href,
    tfjsUrl: new URL('tfjs.js', baseUrl).href,
    offersUrl: new URL('offers.js', baseUrl).href,
  };
}
