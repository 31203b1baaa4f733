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
  /** @throws where workers cannot be had */
  spawnWorker(): Worker;
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
    spawnWorker: () => spawnWorkerAt(new URL('worker.js', baseUrl)),
    runtimeUrl: new URL('runtime.js', baseUrl).href,
    tfjsUrl: new URL('tfjs.js', baseUrl).href,
    offersUrl: new URL('offers.js', baseUrl).href,
  };
}

/** Starts a module worker; a script of another origin is imported by a small one of our own, if the CSP allows that. */
export function spawnWorkerAt({ href, origin }: URL): Worker {
  const isOurs = origin === location.origin;
  const url = isOurs ? href : URL.createObjectURL(new Blob([`import ${JSON.stringify(href)};`], { type: 'text/javascript' }));
  // The browser has a blob once the constructor returns: its URL is resolved there and then.
  if (!isOurs) setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return new Worker(toScriptUrl(url), { type: 'module' });
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown };
}
let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** Under Trusted Types a worker's URL needs a policy; it is called `tillside`. */
function toScriptUrl(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy?.('tillside', { createScriptURL: (ours) => ours });
  return (policy?.createScriptURL(url) ?? url) as string;
}
