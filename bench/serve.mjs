// The server of the benchmarks: dist/ at /dist/, the gift shop's bundle at /models/, the empty page at /. Files are cached as by a CDN.
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';

/** An isolated page's clock is exact to 0.005 ms instead of 0.1. */
const ISOLATED = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

const root = fileURLToPath(new URL('../', import.meta.url));
const MOUNTS = [
  { prefix: '/dist', folder: 'dist' },
  { prefix: '/models', folder: 'examples/gift-shop/bundle' },
  { prefix: '', folder: 'bench/page' },
];

/**
 * @param {ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>} [folders] folders in memory by their URL: "/models-10000" → file name → bytes
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function startServer(folders = new Map()) {
  const mounts = MOUNTS.map(({ prefix, folder }) => ({
    prefix,
    serve: sirv(resolve(root, folder), { etag: true, maxAge: 3600 }),
  }));
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    for (const [name, value] of Object.entries(ISOLATED)) response.setHeader(name, value);
    const [, folder = '', file = ''] = /^(\/[^/]+)\/([^/?]+)$/.exec(path) ?? [];
    const bytes = folders.get(folder)?.get(file);
    if (bytes) return void response.writeHead(200, { 'content-type': typeOf(file), 'cache-control': 'max-age=3600' }).end(bytes);
    const mount = mounts.find(({ prefix }) => path.startsWith(`${prefix}/`));
    request.url = path.slice(mount.prefix.length);
    mount.serve(request, response, () => response.writeHead(404).end());
  });
  await new Promise((listening, failed) => server.once('error', failed).listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}

const typeOf = (file) => (file.endsWith('.json') ? 'application/json' : 'application/octet-stream');
