// `new Worker` → first slate: on a first visit, and on the next one with the browser's cache and IndexedDB filled; every kind of engine in turn.
import { openPage } from './open-browser.mjs';
import { shuffled, summarise } from './statistics.mjs';

/** @param {{ browser: import('@playwright/test').Browser, url: string, runs: number, itemId: string, engines: Record<string, object> }} plan name → options */
export async function measureCold({ browser, url, runs, itemId, engines }) {
  const visits = Object.fromEntries(Object.keys(engines).map((name) => [name, { first: [], cached: [] }]));
  for (let run = 0; run < runs; run++) {
    for (const [name, options] of shuffled(Object.entries(engines))) {
      const context = await browser.newContext();
      for (const visit of ['first', 'cached']) {
        const page = await openPage(context, url);
        visits[name][visit].push(await page.evaluate(([given, item]) => bench.firstSlate(given, item), [options, itemId]));
        await page.close();
      }
      await context.close();
    }
  }
  return Object.fromEntries(
    Object.entries(visits).map(([name, { first, cached }]) => [name, { first: describe(first), cached: describe(cached) }]),
  );
}

const describe = (visits) => ({
  firstSlateMs: summarise(visits.map(({ first }) => first.ms)),
  firstStrategy: [...new Set(visits.map(({ first }) => first.strategy))].join(', '),
  modelSlateMs: summarise(visits.map(({ modelMs }) => modelMs)),
});
