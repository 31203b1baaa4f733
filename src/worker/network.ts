// In: the worker's global scope. Out: the same without a way to the network. The worker imports this before anything else, so that no other
// script has taken hold of what is taken away here; dynamic `import()` is syntax, which only a Content-Security-Policy can refuse.

/** Every other way out of a worker: what it can request with, and what it can start or load that could. */
const CLOSED = [
  ...['XMLHttpRequest', 'WebSocket', 'WebSocketStream', 'WebTransport', 'EventSource', 'Worker', 'SharedWorker', 'importScripts'],
  ...['FontFace', 'Notification'],
];

let fetchOfBrowser: typeof fetch | '' | undefined = self.fetch;
let urls: readonly string[] = [];

/** Of one word, as this text is read where nothing puts it into words: by whoever tries, in the worker. */
function refuse(): never {
  throw new TypeError('network-given-up');
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
  if (!fetchOfBrowser || !urls.some((ours) => url.startsWith(ours))) refuse();
  return fetchOfBrowser(url, { ...init, method: 'GET' });
});

/** Lends `fetch` for what lies under these URLs, until the network is given up. */
export function lendNetwork(to: readonly (string | undefined)[]): void {
  urls = to.flatMap((url) => (url ? new URL('.', url).href : []));
}

/**
 * Drops the last reference to the network that there is in this worker. What is left, if anything, is the GET of one file: always the same
 * request, whoever makes it, so that nothing can be said by it.
 */
export function giveUpNetwork(but?: string): void {
  const get = fetchOfBrowser;
  urls = but ? [but] : [];
  fetchOfBrowser =
    but && get && ((_, init) => get(but, { cache: 'no-cache', credentials: 'omit', signal: init?.signal ?? null }));
}
