// `new Worker` → the first ranked 20 of a runtime alone, with its files and the models' fetched, on a first visit and with the browser's cache;
// and what that leaves in memory.
import { contenders } from './contenders.mjs';
import { measureMemoryOf, openPage } from './open-browser.mjs';
import { shuffled, summarise } from './statistics.mjs';

/** @param {{ browser: import('@playwright/test').Browser, url: string, folder: string, runs: number }} plan */
export async function measureStarts({ browser, url, folder, runs }) {
  const times = Object.fromEntries(contenders().map(({ name }) => [name, { first: [], cached: [] }]));
  const memory = {};
  for (let run = 0; run < runs; run++) {
    for (const contender of shuffled(contenders())) {
      const context = await browser.newContext();
      for (const visit of ['first', 'cached']) {
        const page = await openPage(context, url);
        const before = await measureMemoryOf(browser);
        times[contender.name][visit].push(await page.evaluate(firstAnswer, { folder, contender }));
        if (visit === 'cached' && run === 0) memory[contender.name] = before?.grown(await measureMemoryOf(browser));
        await page.close();
      }
      await context.close();
    }
  }
  return Object.fromEntries(
    Object.entries(times).map(([name, { first, cached }]) => [
      name,
      { firstMs: summarise(first), cachedMs: summarise(cached), memoryMb: memory[name] },
    ]),
  );
}

/** In the page. The worker lives on, so that its memory can be measured. */
async function firstAnswer({ folder, contender: { name, ...options } }) {
  const { openWorker } = await import('/contenders/interleave.js');
  const startedAt = performance.now();
  const worker = openWorker(name);
  await worker.ask({ ask: 'create', folder, ...options });
  await worker.ask({ ask: 'first' });
  const ms = performance.now() - startedAt;
  await worker.ask({ ask: 'turn', round: 0, events: 50 });
  globalThis.kept = worker;
  return ms;
}
