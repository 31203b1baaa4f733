// What more items cost: bytes of the bundle by part, one event and the ranking, event → slate on the page, the first slate, memory.
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { foldersOf } from './contenders.mjs';
import { measureRuntimes } from './measure-runtimes.mjs';
import { measureMemoryOf, openPage } from './open-browser.mjs';
import { startServer } from './serve.mjs';
import { summariseFine } from './statistics.mjs';

/** The worker reads no larger file: src/core/model/bundle-loader.ts. */
const MAX_FILE_BYTES = 64_000_000;
const PATIENCE_MS = 60_000;
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** @param {{ browser: import('@playwright/test').Browser, sizes: readonly number[], runs: number, rounds: number }} plan */
export async function measureScale({ browser, sizes, runs, rounds }) {
  const results = {};
  for (const size of sizes) {
    console.error(`measuring ${size} items …`);
    const folder = `/models-${size}`;
    const folders = await foldersOf([{ folder, size }], { withPeers: false });
    const server = await startServer(folders);
    try {
      const names = ['js', 'simd'];
      const found = await measureRuntimes({ browser, url: server.url, folder, runs, rounds, names });
      results[size] = {
        bytes: bytesOf(folders.get(folder)),
        eventAndRankMs: Object.fromEntries(names.map((name) => [name, found[name].eventMs])),
        ...(tooLarge(folders.get(folder)) ?? (await measureLoop({ browser, url: server.url, folder, events: rounds }))),
      };
    } finally {
      await server.close();
    }
  }
  return results;
}

/** Of every part as it lies on the host, and as a CDN sends it. */
function bytesOf(files) {
  const manifest = JSON.parse(Buffer.from(files.get('manifest.json')).toString());
  return Object.fromEntries(
    manifest.files.map(({ role, path }) => {
      const bytes = files.get(path);
      const br = brotliCompressSync(bytes, QUALITY).length;
      return [role, { bytes: bytes.length, gz: gzipSync(bytes).length, br }];
    }),
  );
}

function tooLarge(files) {
  const most = Math.max(...[...files.values()].map(({ length }) => length));
  return most > MAX_FILE_BYTES ? { loop: `a file of ${Math.round(most / 1e6)} MB is not read` } : undefined;
}

async function measureLoop({ browser, url, folder, events }) {
  const context = await browser.newContext();
  try {
    const page = await openPage(context, url);
    const before = await measureMemoryOf(browser);
    const prepared = page.evaluate((given) => bench.prepare(given), { runtime: 'simd', folder }).catch(() => undefined);
    const found = await Promise.race([prepared, sleep(PATIENCE_MS)]);
    if (!found) return { loop: `no slate of the model within ${PATIENCE_MS / 1000} s` };
    const memoryMb = before?.grown(await measureMemoryOf(browser));
    await page.evaluate((count) => bench.run(count, 0), Math.min(60, events));
    const { page: times, engine } = await page.evaluate((count) => bench.run(count, 20), events);
    return {
      firstSlateMs: Math.round(found.modelMs),
      memoryMb,
      eventToSlateMs: summariseFine(times),
      inEngineMs: summariseFine(engine),
    };
  } finally {
    await context.close();
  }
}
