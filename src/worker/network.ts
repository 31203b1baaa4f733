// In: the worker's global scope. Out: the same without a way to the network. The worker imports this before anything else, so that no other
// script has taken hold of what is taken away here; dynamic `import()` is syntax, which only a Content-Security-Policy can refuse.

/** Every other way out of a worker: what it can request with, and what it can start or load that could. */
const CLOSED = [
  ...['XMLHttpRequest', 'WebSocket', 'WebSocketStream', 'WebTransport', 'EventSource', 'Worker', 'SharedWorker', 'importScripts'],
  ...['FontFace', 'Notification'],
];

let fetchOfBrowser: typeof fetch | undefined = self.fetch;
let urls: readonly string[] = [];
let kept: string | undefined;
const KEPT = { cache: 'no-cache', credentials: 'omit' } as const;

function refuse(): never {
  throw new TypeError('This worker has given up the network.');
}

/** Redefines a global for good, on each prototype that has it. */
function redefine(name: string, value: unknown, of: object | undefined = self): void {
  for (let home = of; home; home = Object.getPrototypeOf(home))
    if (Object.hasOwn(home, name)) Reflect.defineProperty(home, name, { value, writable: false, configurable: false });
}

for (const name of CLOSED) redefine(name, refuse);
// Insecure pages have no Cache; where there is one, it fetches what it is told to add.
for (const name of ['add', 'addAll']) redefine(name, refuse, self.Cache?.prototype);
redefine('fetch', (input: unknown, init?: RequestInit) => {
  const url = String(input); // once: an object could say another the second time
  if (!fetchOfBrowser || !(url === kept || urls.some((ours) => url.startsWith(ours)))) refuse();
  // What is kept is always the same request, whoever makes it: nothing can be said by it.
  return fetchOfBrowser(url, url === kept ? { ...KEPT, signal: init?.signal ?? null } : { ...init, method: 'GET' });
});

/**
 * Lends `fetch` for what lies under these URLs, until the network is given up.
 *
 * @param keep a file that can be got afterwards too
 */
export function lendNetwork(to: readonly (string | undefined)[], keep?: string): void {
  kept = keep;
  urls = to.flatMap((url) => (url ? new URL('.', url).href : []));
}

/** Drops the last reference to the network that there is in this worker, but for the one file that is kept. */
export function giveUpNetwork(): void {
  urls = [];
  if (!kept) fetchOfBrowser = undefined;
}
