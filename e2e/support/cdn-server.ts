// A CDN: dist/ at /dist/, on an origin of its own, open to every page.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface Cdn {
  /** without a slash at the end */
  readonly url: string;
  /** paths, in order */
  readonly requested: readonly string[];
  /** Serves auto.js changed from now on. */
  tamper(): void;
  close(): Promise<void>;
}

export async function startCdn(): Promise<Cdn> {
  const requested: string[] = [];
  let isTampered = false;
  const server = createServer(async ({ url = '' }, response) => {
    requested.push(url);
    const type = url.endsWith('.wasm') ? 'application/wasm' : 'text/javascript';
    try {
      const bytes = await readFile(join('dist', url.replace('/dist/', '')));
      response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*' });
      response.end(isTampered && url === '/dist/auto.js' ? `${bytes}\nwindow.wasTampered = true;` : bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requested,
    tamper() {
      isTampered = true;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
