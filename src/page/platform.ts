import type { Engine } from '../core/engine/contract.js';
import type { OnError } from './capture/capture-context.js';
import { type ConnectOptions, connectEngine } from './connect/connect-engine.js';
import type { ResolvedOptions } from './options.js';

/** Where the files beside the page script are, which only an entry can know. */
export interface Platform extends Pick<ConnectOptions, 'spawnWorker' | 'loadPageEngine'> {
  /** absolute */
  readonly tfjsUrl: string;
}

/** Connects an engine to the files where the shop's options say, or else where the entry says. */
export function engineFor(
  platform: Platform,
  { baseUrl, workerUrl }: ResolvedOptions,
  onError: OnError,
): { readonly engine: Engine; readonly tfjsUrl: string } {
  const assets = baseUrl === undefined ? platform : assetsAt(baseUrl);
  const engine = connectEngine({
    spawnWorker: workerUrl === undefined ? assets.spawnWorker : () => spawnWorkerAt(new URL(workerUrl)),
    loadPageEngine: platform.loadPageEngine,
    onDiagnostic: ({ code, message }) => onError(code, message),
  });
  return { engine, tfjsUrl: assets.tfjsUrl };
}

/** What can be told from the folder that holds the built files. */
export function assetsAt(baseUrl: string): Pick<Platform, 'spawnWorker' | 'tfjsUrl'> {
  return {
    spawnWorker: () => spawnWorkerAt(new URL('worker.js', baseUrl)),
    tfjsUrl: new URL('tfjs.js', baseUrl).href,
  };
}

/** Starts a module worker; a script of another origin is imported by a small one of our own, if the CSP allows that. */
function spawnWorkerAt(url: URL): Worker {
  if (url.origin === location.origin) return new Worker(toScriptUrl(url.href), { type: 'module' });
  const shimUrl = URL.createObjectURL(new Blob([`import ${JSON.stringify(url.href)};`], { type: 'text/javascript' }));
  // The browser has the blob once the constructor returns: its URL is resolved there and then.
  try {
    return new Worker(toScriptUrl(shimUrl), { type: 'module' });
  } finally {
    setTimeout(() => URL.revokeObjectURL(shimUrl), 10_000);
  }
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown };
}
let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** Under Trusted Types a worker's URL needs a policy; it is called `tillside`. */
function toScriptUrl(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes?.createPolicy) return url;
  policy ??= trustedTypes.createPolicy('tillside', { createScriptURL: (ours) => ours });
  return policy.createScriptURL(url) as string;
}
