// npm start: serves the built examples on localhost and prints their URLs. Every path is relative to the working folder.
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, resolve } from 'node:path';
import sirv from 'sirv';

/** @typedef {import('node:http').RequestListener} RequestListener */
/** @typedef {import('node:http').Server} Server */
/** @typedef {{ prefix: string, folder: string, file: string, build: string, single?: boolean }} Mount */

const DEFAULT_PORT = 4173;
const MAX_PORT = 65_535;
const ORPHAN_CHECK_MS = 250;
/** Both loopbacks: which one `localhost` is depends on the browser. */
const HOSTS = ['127.0.0.1', '::1'];
/** What a machine without IPv6 (or IPv4) answers. */
const NO_SUCH_HOST = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL', 'ENOTFOUND']);
/** @type {Record<string, string>} */
const UNKNOWN_TO_SIRV = { '.u8': 'application/octet-stream', '.ico': 'image/x-icon' };
const HASHED_FILE = /-[0-9a-f]{10}\.\w+$/;

/** The first prefix that fits serves; `file` is what a finished build has for certain. @type {readonly Mount[]} */
const MOUNTS = [
  { prefix: '/spa', folder: 'examples/spa/dist', file: 'index.html', build: 'npm run build:examples', single: true },
  { prefix: '/vue', folder: 'examples/vue-spa/dist', file: 'index.html', build: 'npm run build:examples', single: true },
  { prefix: '/dist', folder: 'dist', file: 'auto.js', build: 'npm run build' },
  { prefix: '/models/gift-shop', folder: 'examples/gift-shop/bundle', file: 'manifest.json', build: 'npm run train:gift-shop' },
  { prefix: '', folder: 'examples/gift-shop/site', file: 'index.html', build: 'npm run build:examples' },
];

/** @param {Mount} mount */
function openMount({ prefix, folder, single = false }) {
  const serve = sirv(resolve(folder), {
    dev: true, // a rebuild shows at the next reload
    etag: true, // and says `no-cache`
    single,
    setHeaders(response, path) {
      if (prefix.startsWith('/models') && HASHED_FILE.test(path))
        response.setHeader('cache-control', 'public, max-age=31536000, immutable');
      const type = UNKNOWN_TO_SIRV[extname(path)];
      if (type) response.setHeader('content-type', type);
      response.setHeader('x-content-type-options', 'nosniff');
    },
  });
  return { prefix, serve };
}

/** @returns {RequestListener} */
function createHandler() {
  const mounts = MOUNTS.map(openMount);
  return (request, response) => {
    const { url = '/', method } = request;
    const [path = '/', query] = url.split('?', 2);
    /** @type {(status: number, text: string, headers?: Record<string, string>) => void} */
    const answer = (status, text, headers) => {
      response.writeHead(status, { 'content-type': 'text/plain', 'cache-control': 'no-cache', ...headers }).end(text);
    };

    if (method !== 'GET' && method !== 'HEAD') return answer(405, 'Only GET and HEAD.\n', { allow: 'GET, HEAD' });
    if (path === '/spa' || path === '/vue')
      return answer(308, '', { location: `${path}/${query === undefined ? '' : `?${query}`}` });
    const mount = mounts.find(({ prefix }) => path.startsWith(`${prefix}/`));
    if (!mount) return answer(400, 'Ask for a path.\n');
    request.url = url.slice(mount.prefix.length);
    return mount.serve(request, response, () => answer(404, 'Not found.\n'));
  };
}

/** @param {Server} server @param {number} port @param {string} host @returns {Promise<void>} */
function listen(server, port, host) {
  return new Promise((listening, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      listening();
    });
  });
}

/** @param {readonly Server[]} servers */
function closeAll(servers) {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
}

/**
 * Listens on every loopback of this machine, all on the same port.
 *
 * @param {RequestListener} handler
 * @param {number} port
 * @returns {Promise<Server[] | undefined>} nothing when the port is taken on any of them
 */
async function listenOnLoopbacks(handler, port) {
  /** @type {Server[]} */
  const servers = [];
  for (const host of HOSTS) {
    const server = createServer(handler);
    try {
      await listen(server, port, host);
      servers.push(server);
    } catch (error) {
      const code = /** @type {NodeJS.ErrnoException} */ (error).code ?? '';
      if (NO_SUCH_HOST.has(code)) continue;
      closeAll(servers);
      if (code === 'EADDRINUSE') return undefined;
      throw error;
    }
  }
  if (servers.length === 0) throw new Error('This machine has no loopback address: neither 127.0.0.1 nor ::1.');
  return servers;
}

/** @param {RequestListener} handler @param {number} wanted the first port to try */
async function startOnFreePort(handler, wanted) {
  for (let port = wanted; port <= MAX_PORT; port++) {
    const servers = await listenOnLoopbacks(handler, port);
    if (servers) return { servers, port };
  }
  throw new Error(`Every port from ${wanted} on is taken. Set PORT to a lower one.`);
}

/** @returns {number} */
function readPort() {
  const text = process.env['PORT'] || String(DEFAULT_PORT);
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= MAX_PORT) return port;
  throw new Error(`PORT is "${text}". Set it to a whole number from 1 to ${MAX_PORT}, or leave it out.`);
}

/** npm passes a signal to its shell only, which dies without passing it on. @param {() => void} stop */
function onOrphaned(stop) {
  const { ppid } = process;
  setInterval(() => process.ppid !== ppid && stop(), ORPHAN_CHECK_MS).unref();
}

function checkBuilds() {
  const missing = MOUNTS.filter(({ folder, file }) => !existsSync(resolve(folder, file)));
  if (missing.length === 0) return;
  const lines = missing.map(({ folder, file, build }) => `${folder}/${file} is missing. Run '${build}'.`);
  throw new Error([...lines, "Or run 'npm start', which builds everything first."].join('\n'));
}

try {
  checkBuilds();
  const { servers, port } = await startOnFreePort(createHandler(), readPort());
  const lines = [`gift-shop http://localhost:${port}/`, `spa http://localhost:${port}/spa/`, `vue http://localhost:${port}/vue/`];
  const { openPlatformShops } = await import('../examples/platforms/serve.mjs');
  let lastPort = port;
  for (const { name, path, answer } of openPlatformShops()) {
    const shop = await startOnFreePort(answer, lastPort + 1);
    servers.push(...shop.servers);
    lastPort = shop.port;
    lines.push(`${name} http://localhost:${lastPort}${path}`);
  }
  const stop = () => {
    closeAll(servers);
    process.exit(0);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  if (process.env['npm_lifecycle_event'] === 'start') onOrphaned(stop);
  console.log(lines.join('\n'));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
