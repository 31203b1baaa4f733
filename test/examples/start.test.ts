import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url));

/** A folder like the repository's after its builds. */
const BUILT = {
  'dist/auto.js': '// the script tag',
  'examples/gift-shop/site/index.html': '<title>gift shop</title>',
  'examples/gift-shop/site/product/22423.html': '<title>cakestand</title>',
  'examples/gift-shop/bundle/manifest.json': '{}',
  'examples/gift-shop/bundle/items-0123456789.u8': '\u0001',
  'examples/spa/dist/index.html': '<title>spa</title>',
  'examples/vue-spa/dist/index.html': '<title>vue</title>',
};

interface Started {
  readonly child: ChildProcess;
  /** what it printed to stdout so far, line by line */
  lines(): string[];
  readonly port: number;
}

let folder: string;
const children: ChildProcess[] = [];
const strangers: Server[] = [];

function write(root: string, files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

function run(cwd: string, port: number | string): ChildProcess {
  const child = spawn(process.execPath, [SCRIPT], { cwd, env: { ...process.env, PORT: String(port) } });
  children.push(child);
  return child;
}

/** Starts it and waits for the last of its lines. */
async function start(port: number): Promise<Started> {
  const child = run(folder, port);
  let output = '';
  await new Promise<void>((printed, failed) => {
    child.stdout?.on('data', (chunk) => {
      output += chunk;
      if (/^ga4 .*\n/m.test(output)) printed();
    });
    child.once('exit', () => failed(new Error(`start.mjs ended early: ${output}`)));
  });
  return { child, lines: () => output.split('\n'), port: Number(/localhost:(\d+)/.exec(output)?.[1]) };
}

/** Takes a free port, as another program would. */
async function takePort(host: string, port = 0): Promise<number> {
  const stranger = createServer();
  strangers.push(stranger);
  await once(stranger.listen(port, host), 'listening');
  return (stranger.address() as AddressInfo).port;
}

/** A port that nothing listens on; whoever asks next may get it. */
async function freePort(): Promise<number> {
  const port = await takePort('127.0.0.1');
  strangers.pop()?.close();
  return port;
}

async function ended(child: ChildProcess): Promise<{ code: number | null; errors: string }> {
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, errors };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillside-start-'));
  write(folder, BUILT);
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const stranger of strangers.splice(0)) stranger.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm start', () => {
  it('prints one line for each example and answers on both loopbacks', async () => {
    const { port, lines } = await start(await freePort());

    const [first, second, ...others] = lines();
    expect([first, second]).toEqual([`gift-shop http://localhost:${port}/`, `spa http://localhost:${port}/spa/`]);
    expect(others.map((line) => line.replace(/:\d+/, ':PORT'))).toEqual([
      'vue http://localhost:PORT/vue/',
      'shopify http://localhost:PORT/',
      'woocommerce http://localhost:PORT/shop/',
      'ga4 http://localhost:PORT/shop/',
      '',
    ]);
    for (const host of ['127.0.0.1', '[::1]', 'localhost']) {
      expect(await (await fetch(`http://${host}:${port}/`)).text()).toContain('gift shop');
      expect(await (await fetch(`http://${host}:${port}/spa/`)).text()).toContain('spa');
      expect(await (await fetch(`http://${host}:${port}/vue/`)).text()).toContain('vue');
    }
  });

  it('serves each platform’s shop on a port of its own, with the page script and the element', async () => {
    const { lines } = await start(await freePort());

    const urls = lines().flatMap((line) => /^(?:shopify|woocommerce|ga4) (.*)$/.exec(line)?.[1] ?? []);
    expect(new Set(urls.map((url) => new URL(url).port)).size).toBe(3);
    for (const url of urls)
      expect(await (await fetch(url)).text()).toContain('<script async src="/tillside/auto.js" data-bundle="/models/');
  });

  it.each(['127.0.0.1', '::1'])('moves on from a port that is taken on %s alone', async (host) => {
    const taken = await takePort(host);

    const { port } = await start(taken);

    expect(port).toBeGreaterThan(taken);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
    expect((await fetch(`http://[::1]:${port}/`)).status).toBe(200);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('exits with 0 at %s within a second, with a connection open', async (signal) => {
    const { child, port } = await start(await freePort());
    const idle = connect(port, '127.0.0.1').on('error', () => {});
    await once(idle, 'connect');
    const before = performance.now();

    child.kill(signal);

    expect(await ended(child)).toEqual({ code: 0, errors: '' });
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  it('ends with the shell that npm runs it in', async () => {
    const port = await freePort();
    const env = { ...process.env, PORT: String(port), npm_lifecycle_event: 'start' };
    const shell = spawn('sh', ['-c', `"${process.execPath}" "${SCRIPT}"; exit 1`], { cwd: folder, env });
    children.push(shell);
    await once(shell.stdout, 'data');

    shell.kill('SIGTERM');

    const isServed = () =>
      fetch(`http://127.0.0.1:${port}/`).then(
        () => true,
        () => false,
      );
    await expect.poll(isServed, { timeout: 2_000 }).toBe(false);
  });

  it('names each build that is missing and the command that makes it', async () => {
    const bare = mkdtempSync(join(tmpdir(), 'tillside-bare-'));
    write(bare, { 'dist/auto.js': '' });

    const { code, errors } = await ended(run(bare, await freePort()));

    rmSync(bare, { recursive: true });
    expect(code).toBe(1);
    expect(errors).toContain("examples/spa/dist/index.html is missing. Run 'npm run build:examples'.");
    expect(errors).toContain("examples/gift-shop/bundle/manifest.json is missing. Run 'npm run train:gift-shop'.");
    expect(errors).not.toContain('dist/auto.js');
  });

  it('refuses a PORT that is none', async () => {
    const { code, errors } = await ended(run(folder, 'http'));

    expect(code).toBe(1);
    expect(errors).toContain('PORT is "http"');
  });
});

describe('what npm start serves', () => {
  let url: string;
  const get = (path: string, init?: RequestInit) => fetch(url + path, { redirect: 'manual', ...init });
  const headersOf = async (path: string) => {
    const { status, headers } = await get(path);
    return { status, type: headers.get('content-type'), cache: headers.get('cache-control') };
  };
  let server: ChildProcess;

  beforeAll(async () => {
    const started = await start(await freePort());
    server = started.child;
    children.splice(0); // outlives the single test
    url = `http://127.0.0.1:${started.port}`;
  });
  afterAll(() => void server.kill('SIGKILL'));

  it('is typed and revalidated, but for the hashed files of a bundle, which never change', async () => {
    const html = { status: 200, type: 'text/html;charset=utf-8', cache: 'no-cache' };
    expect(await headersOf('/')).toEqual(html);
    expect(await headersOf('/product/22423.html')).toEqual(html);
    expect(await headersOf('/dist/auto.js')).toEqual({ ...html, type: 'text/javascript' });
    expect(await headersOf('/models/gift-shop/manifest.json')).toEqual({ ...html, type: 'application/json' });
    expect(await headersOf('/models/gift-shop/items-0123456789.u8')).toEqual({
      status: 200,
      type: 'application/octet-stream',
      cache: 'public, max-age=31536000, immutable',
    });
  });

  it('gives every route of the app its page, and no missing file another one', async () => {
    expect(await (await get('/spa/product/22423')).text()).toContain('spa');
    expect((await get('/spa?q=mug')).headers.get('location')).toBe('/spa/?q=mug');
    expect((await get('/spa/assets/gone.js')).status).toBe(404);
    expect((await get('/gone.html')).status).toBe(404);
    expect((await get('/', { method: 'POST' })).status).toBe(405);
  });

  it('serves nothing outside its folders', async () => {
    // fetch would resolve the dots itself
    const [response] = await once(request(`${url}/dist/x`, { path: '/dist/../examples/spa/dist/index.html' }).end(), 'response');
    expect(response.statusCode).toBe(404);
    response.resume();
  });
});
