// `new Worker` → first slate: on a first visit, and on the next one with the browser's cache and IndexedDB filled.
import { openPage } from './open-browser.mjs';
import { summarise } from './statistics.mjs';

/** @param {{ browser: import('@playwright/test').Browser, url: string, runs: number, itemId: string, options?: object }} plan */
export async function measureCold({ browser, url, runs, itemId, options = {} }) {
  const visits = { first: [], cached: [] };
  for (let i = 0; i < runs; i++) {
    const context = await browser.newContext();
    for (const visit of ['first', 'cached']) {
      const page = await openPage(context, url);
      visits[visit].push(await page.evaluate(([given, item]) => bench.firstSlate(given, item), [options, itemId]));
      await page.close();
    }
    await context.close();
  }
  return { first: describe(visits.first), cached: describe(visits.cached) };
}

const describe = (visits) => ({
  firstSlateMs: summarise(visits.map(({ first }) => first.ms)),
  firstStrategy: [...new Set(visits.map(({ first }) => first.strategy))].join(', '),
  modelSlateMs: summarise(visits.map(({ modelMs }) => modelMs)),
});
