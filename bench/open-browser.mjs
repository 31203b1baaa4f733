// The browser of the benchmarks, and what its DevTools protocol tells of a page and of its worker.
import { existsSync, readFileSync } from 'node:fs';
import { chromium, firefox } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium, findFirefox } from '../scripts/find-browsers.mjs';

/** @param {{ name?: 'chromium' | 'firefox' } & import('@playwright/test').LaunchOptions} [options] */
export async function openBrowser({ name = 'chromium', ...options } = {}) {
  const found = name === 'firefox' ? findFirefox() : findChromium();
  if (!found) throw new Error(`No ${name} on this machine. Run 'npm run browsers'.`);
  const { channel, executablePath } = found;
  const args = name === 'firefox' ? [] : CHROMIUM_FLAGS;
  const launch = { args, ...options, ...(channel && { channel }), ...(executablePath && { executablePath }) };
  return (name === 'firefox' ? firefox : chromium).launch(launch);
}

/** Opens the bench page in `context`. */
export async function openPage(context, url) {
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error('page:', error.message));
  await page.goto(`${url}/`);
  await page.waitForFunction(() => 'bench' in globalThis);
  return page;
}

/** @returns {Promise<{ page: Heap, worker: Heap }>} after garbage collection */
export async function measureHeaps(page) {
  const session = await page.context().newCDPSession(page);
  const worker = await attachToWorker(session);
  const heaps = { page: await heapOf((method) => session.send(method)), worker: await heapOf(worker) };
  await session.detach();
  return heaps;
}

/** @typedef {{ usedBytes: number, backingBytes: number }} Heap objects, and what array buffers hold beside them */
async function heapOf(send) {
  // Twice: finalizers of the first collection free what the second finds.
  await send('HeapProfiler.collectGarbage');
  await send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize = 0 } = await send('Runtime.getHeapUsage');
  return { usedBytes: usedSize, backingBytes: backingStorageSize };
}

/** Playwright's sessions know no nested targets, so messages to the worker are wrapped by hand. */
async function attachToWorker(session) {
  const attached = new Promise((settle) => {
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => targetInfo.type === 'worker' && settle(sessionId));
  });
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const sessionId = await attached;
  const waiting = new Map();
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result, error } = JSON.parse(message);
    const { resolve, reject } = waiting.get(id) ?? {};
    if (error) reject?.(new Error(error.message));
    else resolve?.(result);
  });
  let id = 0;
  return (method, params = {}) => {
    const message = JSON.stringify({ id: ++id, method, params });
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      session.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject);
    });
  };
}

/**
 * Private memory of the browser's renderers, with what WebAssembly holds.
 *
 * @returns {Promise<{ byProcess: Map<number, number>, grown(later: object): number } | undefined>} nothing where there is no /proc; `grown`: megabytes
 *   of the renderer that grew most, which is the page's
 */
export async function measureMemoryOf(browser) {
  if (process.platform !== 'linux' || browser.browserType().name() !== 'chromium') return undefined;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const renderers = processInfo.filter(({ type, id }) => type === 'renderer' && existsSync(`/proc/${id}/smaps_rollup`));
  const byProcess = new Map(renderers.map(({ id }) => [id, privateBytesOf(id)]));
  const grown = (later) => Math.max(...[...later.byProcess].map(([id, bytes]) => bytes - (byProcess.get(id) ?? bytes)));
  return { byProcess, grown: (later) => Math.round(grown(later) / 1e5) / 10 };
}

function privateBytesOf(pid) {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return [...text.matchAll(/^Private_\w+:\s+(\d+) kB/gm)].reduce((sum, [, kB]) => sum + 1024 * Number(kB), 0);
}
