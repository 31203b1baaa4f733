/** Where the files beside the page script are, which only an entry can know. */
export interface Platform {
  /** @throws where there are no workers, or the page's CSP refuses this one */
  spawnWorker(): Worker;
  /** absolute */
  readonly tfjsUrl: string;
  /** the engine on the page; its bytes load with the first call */
  loadPageEngine(): Promise<unknown>;
}

/** What can be told from the folder that holds the built files. */
export function assetsAt(baseUrl: string): Pick<Platform, 'spawnWorker' | 'tfjsUrl'> {
  return {
    spawnWorker: () => spawnWorkerAt(new URL('worker.js', baseUrl)),
    tfjsUrl: new URL('tfjs.js', baseUrl).href,
  };
}

/** Starts a module worker; a script of another origin is imported by a small one of our own, if the CSP allows that. */
export function spawnWorkerAt(url: URL): Worker {
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
