// Playwright's test with a shop of its own: a server on a free port, so that storage is fresh and the network can really be cut.
import { test as base, type BrowserContext, expect, type Page } from '@playwright/test';
import type { Diagnostic } from '../../src/core/errors.js';
import type { TillsideOptions } from '../../src/page/options.js';
import { startServer } from './server.mjs';

/** What `tillsideConfig` may hold when it has to travel into the page. */
export type PageConfig = Partial<Omit<TillsideOptions, 'onError' | 'onDiagnostic'>>;

declare global {
  interface Window {
    onThrown(problem: string): void;
    /** What tillside told the shop, by either handler. */
    told: { readonly errors: Diagnostic[]; readonly diagnostics: Diagnostic[] };
  }
}

type Server = Awaited<ReturnType<typeof startServer>>;

export interface Shop extends Pick<Server, 'url' | 'intercept' | 'mount'> {
  /** every URL that a page or worker asked for, in order */
  readonly requested: readonly string[];
  /** Sets what the shop's pages tell tillside: by default, the gift shop's bundle. */
  configure(config: PageConfig, context?: BrowserContext): Promise<void>;
  /** Opens `e2e/pages/<path>` and waits until it is loaded. */
  visit(path: string, page?: Page): Promise<Page>;
  /** Follows what a browser of the test's own asks for and throws, as the test's `context` is followed by itself. */
  watch(context: BrowserContext): Promise<void>;
  /** Serves the file with its text or bytes changed, and with more headers. */
  alter(path: string, change: (bytes: Buffer) => Buffer | string, headers?: Record<string, string>): Promise<void>;
  /** Lets this origin be asked too: a server of the test's own, or one that has to be refused. */
  allow(origin: string): void;
  /** Ends the server: from now on nothing answers. */
  cut(): Promise<void>;
}

/** The page's own files and its cards' pictures, ours and the bundle's. Anything else is a leak. */
const ALLOWED =
  /^\/(pages\/[\w-]+\.html|img\/[\w-]+\.svg(\.json)?|dist\/(auto|loop|element|worker|runtime|tfjs|page-engine|offers|json-ld|receipt|privacy|analytics|holdout|messages|card-tools|card-pictures|sources|(adapter|(privacy-)?locale)-[\w-]+)\.js|models\/[\w/.-]+|dist\/wasm\/[\w-]+\.wasm)$/;
const BUNDLE = '/models/gift-shop/manifest.json';

export const test = base.extend<{ shop: Shop }>({
  // On by itself: every scenario also claims that nothing of ours threw and nothing else was asked for.
  shop: [
    async ({ context, page }, use) => {
      const server = await startServer(0);
      const log = openLog(server.url);
      await log.watch(context);
      const shop = toShop(server, { log, context, page });
      await shop.configure({});
      await use(shop);
      await context.close();
      await server.close();
      expect(log.thrown, 'no exception or rejection reaches the host page').toEqual([]);
      expect(log.refused, 'only the page, our files and the bundle are asked for').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

interface Log {
  readonly requested: string[];
  readonly refused: string[];
  readonly thrown: string[];
  readonly allowed: Set<string>;
  watch(context: BrowserContext): Promise<void>;
}

function openLog(shopUrl: string): Log {
  const log: Log = {
    requested: [],
    refused: [],
    thrown: [],
    allowed: new Set(),
    async watch(context) {
      await context.exposeBinding('onThrown', (_source, problem: string) => void log.thrown.push(problem));
      await context.addInitScript(followErrors);
      context.on('request', (request) => {
        const url = new URL(request.url());
        if (/^(data|about|blob):$/.test(url.protocol)) return;
        log.requested.push(url.href);
        if (log.allowed.has(url.origin)) return;
        if (url.origin !== shopUrl || !ALLOWED.test(url.pathname) || request.method() !== 'GET') log.refused.push(url.href);
      });
    },
  };
  return log;
}

function toShop(server: Server, { log, context, page }: { log: Log; context: BrowserContext; page: Page }): Shop {
  return {
    url: server.url,
    intercept: server.intercept,
    mount: server.mount,
    requested: log.requested,
    watch: log.watch,
    allow: (origin) => void log.allowed.add(origin),
    cut: () => server.close(),
    async configure(config, to = context) {
      await to.addInitScript(install, { bundle: BUNDLE, ...config });
    },
    async visit(path, on = page) {
      await on.goto(`${server.url}/pages/${path}`);
      return on;
    },
    async alter(path, change, headers = {}) {
      const original = await fetch(server.url + path);
      const body = change(Buffer.from(await original.arrayBuffer()));
      const type = original.headers.get('content-type') ?? 'application/octet-stream';
      server.intercept(
        path,
        (_request, response) => void response.writeHead(200, { 'content-type': type, ...headers }).end(body),
      );
    },
  };
}

/** Runs in the page before its own scripts. Playwright's `weberror` would also hold what Firefox itself says of a refused file. */
function followErrors(): void {
  const { onThrown } = window;
  addEventListener('error', ({ message }) => onThrown(`error: ${message}`));
  addEventListener('unhandledrejection', ({ reason }) => onThrown(`unhandledrejection: ${reason}`));
}

/** Runs in the page before its own scripts; the last configuration counts. */
function install(config: PageConfig): void {
  const told: Window['told'] = { errors: [], diagnostics: [] };
  window.told = told;
  window.tillsideConfig = {
    ...(config as TillsideOptions),
    onError: (problem) => told.errors.push(problem),
    onDiagnostic: (problem) => told.diagnostics.push(problem),
  };
}
