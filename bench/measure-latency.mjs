// Event → slate on the page, through the worker and back, and what loading and scoring cost the main thread.
import { openPage } from './open-browser.mjs';
import { summarise } from './statistics.mjs';

const WARM_UP_RUNS = 60;
/** Between a slate and the next event: a shopper in a great hurry. */
const PAUSE_MS = 100;

/** @param {{ browser: import('@playwright/test').Browser, url: string, runs: number, options: object }} plan */
export async function measureLatency({ browser, url, runs, options }) {
  const context = await browser.newContext();
  const page = await openPage(context, url);
  const { runtime } = await page.evaluate((given) => bench.prepare(given), options);
  const loading = await page.evaluate(() => structuredClone(mainThread));
  // More steps than the model looks back on, so that every measured run is as long as a run gets.
  await page.evaluate((count) => bench.run(count, 0), Math.min(WARM_UP_RUNS, runs));
  const times = await page.evaluate(([count, pauseMs]) => bench.run(count, pauseMs), [runs, PAUSE_MS]);
  const whole = await page.evaluate(() => structuredClone(mainThread));
  await context.close();
  return {
    runtime,
    pageMs: summarise(times.page),
    engineMs: summarise(times.engine),
    staleSlates: times.stale,
    longTasksMs: whole.longTasksMs,
    longestFrameGapMs: { loading: loading.longestFrameGapMs, all: whole.longestFrameGapMs },
  };
}
