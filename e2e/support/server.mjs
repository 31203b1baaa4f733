// The server of the end-to-end tests: the built gift shop at /, the apps at /spa/ and /vue/, dist/ at /dist/, the scenario pages at /pages/.
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import sirv from 'sirv';

const HOST = '127.0.0.1';
const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Answers a request in the files' stead.
 *
 * @typedef {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => void} Answer
 */
/** @typedef {{ prefix: string, folder: string, single: boolean }} Mount */
/**
 * @typedef {object} Server
 * @property {string} url without a slash at the end
 * @property {(prefix: string, folder: string) => void} mount serves one more folder
 * @property {(prefix: string, answer: Answer) => void} intercept the last interception of a prefix counts
 * @property {() => Promise<void>} close ends every connection at once
 */

/** The first prefix that fits serves: the shop at / takes what is left. @type {readonly Mount[]} */
const MOUNTS = [
  { prefix: '/spa', folder: 'examples/spa/dist', single: true },
  { prefix: '/vue', folder: 'examples/vue-spa/dist', single: true },
  { prefix: '/dist', folder: 'dist', single: false },
  { prefix: '/pages', folder: 'e2e/pages', single: false },
  { prefix: '/models/gift-shop', folder: 'examples/gift-shop/bundle', single: false },
  { prefix: '', folder: 'examples/gift-shop/site', single: false },
];

/**
 * Starts the server.
 *
 * @param {number} port 0 takes any free one
 * @returns {Promise<Server>}
 */
export async function startServer(port) {
  const mounts = MOUNTS.map(open);
  /** @type {{ prefix: string, answer: Answer }[]} */
  const interceptions = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path === '/healthz') {
      response.end('ok');
      return;
    }
    const interception = interceptions.find(({ prefix }) => path.startsWith(prefix));
    if (interception) {
      interception.answer(request, response);
      return;
    }
    const mount = mounts.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
    request.url = path.slice(mount?.prefix.length ?? 0) || '/';
    mount?.serve(request, response, () => {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
    });
  });
  await new Promise((listening, failed) => server.once('error', failed).listen(port, HOST, () => listening(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://${HOST}:${address.port}`,
    mount: (prefix, folder) => void mounts.unshift(open({ prefix, folder, single: false })),
    intercept: (prefix, answer) => void interceptions.unshift({ prefix, answer }),
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(() => closed(undefined)));
    },
  };
}

/** @param {Mount} mount */
function open({ prefix, folder, single }) {
  // As shops serve pages: sirv's own `no-store` would keep them out of the back/forward cache.
  const setHeaders = (/** @type {import('node:http').ServerResponse} */ response) =>
    void response.setHeader('cache-control', 'no-cache');
  return { prefix, serve: sirv(resolve(root, folder), { dev: true, single, setHeaders }) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { url } = await startServer(Number(process.argv[2] ?? 4175));
  console.log(`e2e server ${url}/`);
}
