import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchFile } from '../../../src/core/model/fetch-file.js';

const answers: Record<string, (response: ServerResponse) => void> = {
  '/file': (response) => response.end(Buffer.alloc(1_000, 7)),
  '/empty': (response) => response.end(),
  '/gone': (response) => response.writeHead(404).end('no'),
  '/broken': (response) => response.writeHead(500).end('no'),
  '/cut': (response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write(Buffer.alloc(10));
    setImmediate(() => response.destroy());
  },
  '/silent': () => undefined,
  '/dripping': (response) => {
    const timer = setInterval(() => response.write('x'), 5);
    response.on('close', () => clearInterval(timer));
  },
};

let sentByFlood = 0;
let floodClosed: Promise<void>;
let base: string;
const server = createServer((request, response) => {
  if (request.url === '/flood') {
    floodClosed = new Promise((resolve) => {
      response.on('close', resolve);
    });
    const more = (): void => {
      while (!response.destroyed && sentByFlood < 1e9) {
        sentByFlood += 65_536;
        if (!response.write(Buffer.alloc(65_536))) break;
      }
    };
    response.on('drain', more);
    more();
  } else answers[request.url ?? '']?.(response);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const limits = { maxBytes: 1_000, timeoutMs: 5_000 };
const failWith = (code: string) => expect.objectContaining({ code });

describe('fetchFile', () => {
  it('returns a file of exactly the size allowed, and an empty one', async () => {
    expect(await fetchFile(`${base}/file`, limits)).toEqual(new Uint8Array(1_000).fill(7));
    expect(await fetchFile(`${base}/empty`, { ...limits, revalidate: true })).toHaveLength(0);
  });

  it('aborts the transfer at the first byte too many', async () => {
    await expect(fetchFile(`${base}/file`, { ...limits, maxBytes: 999 })).rejects.toEqual(failWith('bundle-too-large'));
    await expect(fetchFile(`${base}/flood`, limits)).rejects.toEqual(failWith('bundle-too-large'));
    await floodClosed;
    expect(sentByFlood).toBeLessThan(50e6);
  });

  it('gives up a host that is silent or drips', async () => {
    for (const path of ['/silent', '/dripping']) {
      await expect(fetchFile(`${base}${path}`, { maxBytes: 1e6, timeoutMs: 100 })).rejects.toEqual(failWith('bundle-timeout'));
    }
  });

  it('says unreachable for an error status, a cut connection and no host', async () => {
    for (const path of ['/gone', '/broken', '/cut'])
      await expect(fetchFile(base + path, limits)).rejects.toEqual(failWith('bundle-unreachable'));
    await expect(fetchFile('http://127.0.0.1:1/', limits)).rejects.toEqual(failWith('bundle-unreachable'));
    await expect(fetchFile(`${base}/gone`, limits)).rejects.toThrow('404');
  });
});
