// The server of the benchmarks: dist/ at /dist/, the gift shop's bundle at /models/, the peers at /peers/, the empty page at /. Files are
// cached as by a CDN.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';

/** An isolated page's clock is exact to 0.005 ms instead of 0.1. */
const ISOLATED = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

const TYPES = { '.json': 'application/json', '.js': 'text/javascript', '.html': 'text/html' };

const root = fileURLToPath(new URL('../', import.meta.url));
const MOUNTS = [
  { prefix: '/peers/onnxruntime-web', folder: 'bench/node_modules/onnxruntime-web/dist' },
  { prefix: '/peers/litert-wasm', folder: 'bench/node_modules/@litertjs/core/wasm' },
  { prefix: '/peers/litert', folder: 'bench/node_modules/@litertjs/core/dist' },
  { prefix: '/peers/litert-utils', folder: 'bench/node_modules/@litertjs/wasm-utils/dist' },
  { prefix: '/peers/web-vitals', folder: 'bench/node_modules/web-vitals/dist' },
  { prefix: '/peers/tfjs', folder: 'node_modules/@tensorflow/tfjs/dist' },
  { prefix: '/peers/tfjs-core', folder: 'node_modules/@tensorflow/tfjs-core/dist' },
  { prefix: '/peers/tfjs-layers', folder: 'node_modules/@tensorflow/tfjs-layers/dist' },
  { prefix: '/peers/tfjs-backend-wasm', folder: 'node_modules/@tensorflow/tfjs-backend-wasm/dist' },
  { prefix: '/dist', folder: 'dist' },
  { prefix: '/build/core', folder: '.build/core' },
  { prefix: '/models', folder: 'examples/gift-shop/bundle' },
  { prefix: '/bench', folder: 'bench' },
  { prefix: '', folder: 'bench/page' },
];

const LITERT = '/peers/litert/index.js';
/** It imports its sister package by name, which a worker cannot. */
async function litertForBrowsers() {
  const text = await readFile(resolve(root, 'bench/node_modules/@litertjs/core/dist/index.js'), 'utf8');
  return text.replaceAll('"@litertjs/wasm-utils"', '"/peers/litert-utils/index.js"');
}

/**
 * @param {ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>} [folders] folders in memory by their URL: "/models-10000" → file name → bytes
 * @param {Record<string, string>} [headers] of every response
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function startServer(folders = new Map(), headers = {}) {
  const there = MOUNTS.filter(({ folder }) => existsSync(resolve(root, folder)));
  const mounts = there.map(({ prefix, folder }) => ({
    prefix,
    serve: sirv(resolve(root, folder), { etag: true, maxAge: 3600 }),
  }));
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    for (const [name, value] of Object.entries({ ...ISOLATED, ...headers })) response.setHeader(name, value);
    const [, folder = '', file = ''] = /^(\/[^/]+)\/([^/?]+)$/.exec(path) ?? [];
    const bytes = folders.get(folder)?.get(file) ?? (path === LITERT && (await litertForBrowsers()));
    if (bytes) return void response.writeHead(200, { 'content-type': typeOf(path), 'cache-control': 'max-age=3600' }).end(bytes);
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

const typeOf = (file) => TYPES[extname(file)] ?? 'application/octet-stream';
