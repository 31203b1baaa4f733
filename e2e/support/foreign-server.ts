// A server of another origin, which answers whatever it is asked and writes it down.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ForeignServer {
  /** without a slash at the end */
  readonly url: string;
  /** `<method> <path and query>` of every request, that of a WebSocket too */
  readonly received: readonly string[];
  close(): Promise<void>;
}

export async function startForeignServer(): Promise<ForeignServer> {
  const received: string[] = [];
  const server = createServer((request, response) => {
    received.push(`${request.method} ${request.url}`);
    const type = request.url?.startsWith('/EventSource') ? 'text/event-stream' : 'text/javascript';
    response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' });
    response.end('');
  });
  server.on('upgrade', (request, socket) => {
    received.push(`${request.method} ${request.url}`);
    socket.destroy();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
