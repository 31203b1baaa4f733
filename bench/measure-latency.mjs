// Event → slate on the page, through the worker and back, beside an empty message's way there and back; and what it costs the main thread.
import { openPage } from './open-browser.mjs';
import { percentile, rounded, summarise } from './statistics.mjs';

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
    // No event is faster than an empty message. Where the machine is busy this is near the bar itself.
    floorMs: summarise(times.floor),
    timesTheFloor: {
      median: rounded(percentile(times.page, 0.5) / percentile(times.floor, 0.5)),
      p95: rounded(percentile(times.page, 0.95) / percentile(times.floor, 0.95)),
    },
    staleSlates: times.stale,
    longTasksMs: whole.longTasksMs,
    longestFrameGapMs: { loading: loading.longestFrameGapMs, all: whole.longestFrameGapMs },
  };
}
