// tillside on a slow device: a browser whose every process shares a part of one processor. A loop in the worker says how slow that really is.
import { limitCpu } from './limit-cpu.mjs';
import { openBrowser, openPage } from './open-browser.mjs';
import { rounded, spreadOf } from './statistics.mjs';

/** Other programs can make the device slower than was asked for, which is then what is said; nothing may have left it faster by more. */
const TOLERANCE = 0.2;
const LOOPS = 40;

/** @param {{ url: string, slower: number, runs: number, events: number, folder: string }} plan `slower`: how many times */
export async function measureSlowDevice({ url, slower, runs, events, folder }) {
  const browser = await openBrowser();
  let release;
  try {
    const calibration = await openCalibration(browser, url);
    const unlimitedMs = Math.min(...(await calibration.times()));
    release = limitCpu(1 / slower);
    if (!release) return { notMeasured: 'The kernel does not let this user limit the browser (control groups of the cpu).' };
    const slowness = async () => rounded(mean(await calibration.times()) / unlimitedMs);
    const before = await slowness();
    if (before < slower * (1 - TOLERANCE))
      return { notMeasured: `The worker is ${before} times slower where ${slower} was asked for.` };
    const results = { asked: slower, timesSlower: { before }, loopMs: rounded(unlimitedMs) };
    for (const runtime of ['simd', 'js']) results[runtime] = await measure({ browser, url, runtime, runs, events, folder });
    results.timesSlower.after = await slowness();
    return results;
  } finally {
    release?.();
    await browser.close();
  }
}

/** The first slate of visits, and 1/n of n events with a slate each: short pauses of the kernel's fall on few of them, and count. */
async function measure({ browser, url, runtime, runs, events, folder }) {
  const starts = { first: [], cached: [] };
  const perEvent = [];
  for (let run = 0; run < runs; run++) {
    const context = await browser.newContext();
    for (const visit of ['first', 'cached']) {
      const page = await openPage(context, url);
      const { modelMs } = await page.evaluate((given) => bench.prepare(given), { runtime, folder });
      starts[visit].push(modelMs);
      if (visit === 'cached') {
        await page.evaluate((count) => bench.runAtOnce(count), events);
        perEvent.push((await page.evaluate((count) => bench.runAtOnce(count), events)).meanMs);
      }
      await page.close();
    }
    await context.close();
  }
  return {
    firstSlateMs: { first: spreadOf(starts.first), cached: spreadOf(starts.cached) },
    eventToSlateMs: spreadOf(perEvent),
  };
}

/** A worker that counts as fast as it can. Its fastest loop is the machine's speed, the mean of many what a shopper would get. */
async function openCalibration(browser, url) {
  const context = await browser.newContext();
  const page = await openPage(context, url);
  await page.evaluate(() => {
    const source = `onmessage = () => {
      const startedAt = performance.now();
      let sum = 0;
      for (let i = 0; i < 2e7; i++) sum = (sum + i * 7) | 0;
      postMessage({ ms: performance.now() - startedAt, sum });
    };`;
    globalThis.calibration = new Worker(URL.createObjectURL(new Blob([source])));
  });
  const askOnce = () =>
    page.evaluate(
      () =>
        new Promise((settle) => {
          calibration.onmessage = ({ data }) => settle(data.ms);
          calibration.postMessage(0);
        }),
    );
  // Until the compiler has done all that it will do.
  for (let i = 0; i < 2 * LOOPS; i++) await askOnce();
  return {
    async times() {
      const times = [];
      for (let i = 0; i < LOOPS; i++) times.push(await askOnce());
      return times;
    },
  };
}

const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
