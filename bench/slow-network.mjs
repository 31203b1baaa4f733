// A server behind a slow network: what a phone on "slow 4G" waits for, with files as a CDN serves them. The network is in the server, as
// throttling by DevTools does not reach a worker's requests.
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { brotliCompressSync, gzipSync, constants as zlib } from 'node:zlib';

/** Lighthouse's "slow 4G": a round trip takes 150 ms, all answers share 1.6 Mbit/s. */
export const SLOW_4G = { roundTripMs: 150, kilobitsPerSecond: 1638.4 };
/** A first connection takes one round trip for TCP and one for TLS 1.3; every request goes over it, as with HTTP/2. */
const CONNECT_ROUND_TRIPS = 2;
const CHUNK_BYTES = 1460;
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
};
/** What hosts are asked about again; all other names change with their content, or with the release. */
const UNHASHED = /\/(manifest\.json|first-stage\.txt)$/;
/** As CDNs compress on the way: brotli at a level that costs no more than gzip does. */
const PACK = {
  gzip: (content) => gzipSync(content, { level: 9 }),
  br: (content) => brotliCompressSync(content, { params: { [zlib.BROTLI_PARAM_QUALITY]: 5 } }),
};

const pause = (ms) => new Promise((settle) => setTimeout(settle, ms));

/**
 * @param {(path: string) => Uint8Array | undefined} read what lies at a path, without its query
 * @param {{ roundTripMs: number, kilobitsPerSecond: number, encoding?: 'gzip' | 'br' }} network `encoding`: the best that the host has, default gzip
 * @returns {Promise<{ url: string, sent: { at: number, path: string, bytes: number }[], reset(): void, close(): Promise<void> }>}
 */
export async function startSlowServer(read, network = SLOW_4G) {
  const link = createLink(network.kilobitsPerSecond);
  const sent = [];
  let isConnected = false;
  const packed = new Map();
  const answer = async (request, response) => {
    const path = new URL(request.url, 'http://host').pathname;
    const roundTrips = isConnected ? 1 : 1 + CONNECT_ROUND_TRIPS;
    isConnected = true;
    await pause(roundTrips * network.roundTripMs);
    const content = read(path);
    const type = TYPES[extname(path)];
    const encoding = accepts(request, network.encoding) ? network.encoding : 'gzip';
    // Binary files go out as they are: CDNs compress by type.
    const body = content && type ? (packed.get(encoding + path) ?? PACK[encoding](content)) : content;
    if (type) packed.set(encoding + path, body);
    const etag = content && `"${content.length}-${path}"`;
    const isSame = etag !== undefined && request.headers['if-none-match'] === etag;
    response.writeHead(content ? (isSame ? 304 : 200) : 404, {
      'content-type': type ?? 'application/octet-stream',
      'cache-control': UNHASHED.test(path) ? 'no-cache' : 'max-age=31536000, immutable',
      ...(etag && { etag }),
      ...(type && { 'content-encoding': encoding }),
    });
    const note = (bytes) => sent.push({ at: Date.now(), path, bytes });
    response.flushHeaders();
    note(HEADER_BYTES);
    if (content && !isSame) await link(body, response, note);
    response.end();
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise((listening, failed) => server.once('error', failed).listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    sent,
    /** The next visitor is another one. */
    reset() {
      sent.length = 0;
      isConnected = false;
    },
    close() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}

/** Browsers ask for brotli over https and of their own machine. */
const accepts = (request, encoding) =>
  (request.headers['accept-encoding'] ?? '').split(/[\s,]+/).some((each) => each === encoding);

/** Of an answer, compressed as by HTTP/2: an estimate. */
const HEADER_BYTES = 100;

/** One link for all answers, which take turns by packets. */
function createLink(kilobitsPerSecond) {
  const bytesPerMs = kilobitsPerSecond / 8;
  const queue = [];
  let isBusy = false;
  const pump = async () => {
    isBusy = true;
    let freeAt = performance.now();
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { body, from, response, note, done } = next;
      const chunk = body.subarray(from, from + CHUNK_BYTES);
      freeAt = Math.max(freeAt, performance.now() - MAX_LATE_MS) + chunk.length / bytesPerMs;
      const waitMs = freeAt - performance.now();
      if (waitMs > 1) await pause(waitMs);
      response.write(chunk);
      note(chunk.length);
      if (from + chunk.length < body.length) queue.push({ ...next, from: from + chunk.length });
      else done();
    }
    isBusy = false;
  };
  return (body, response, note) =>
    new Promise((done) => {
      queue.push({ body, from: 0, response, note, done });
      if (!isBusy) void pump();
    });
}

/** Timers fire late: so much is made up for by what follows. */
const MAX_LATE_MS = 20;
