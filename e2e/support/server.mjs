// The server of the end-to-end tests: the built gift shop at /, the SPA at /spa/, dist/ at /dist/, the scenario pages at /pages/.
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import sirv from 'sirv';

const HOST = '127.0.0.1';
const root = fileURLToPath(new URL('../../', import.meta.url));

/** The longest prefix comes first: the shop at / takes what is left. */
const MOUNTS = [
  { prefix: '/spa', folder: 'examples/spa/dist', single: true },
  { prefix: '/dist', folder: 'dist', single: false },
  { prefix: '/pages', folder: 'e2e/pages', single: false },
  { prefix: '', folder: 'examples/gift-shop/site', single: false },
];

/**
 * Starts the server.
 *
 * @param {number} port 0 takes any free one
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function startServer(port) {
  const mounts = MOUNTS.map(({ prefix, folder, single }) => ({
    prefix,
    serve: sirv(resolve(root, folder), { dev: true, single }),
  }));
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path === '/healthz') {
      response.end('ok');
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
  const close = () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(() => closed(undefined)));
  };
  return { url: `http://${HOST}:${address.port}`, close: () => close().then(() => undefined) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { url } = await startServer(Number(process.argv[2] ?? 4175));
  console.log(`e2e server ${url}/`);
}
