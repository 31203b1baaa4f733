// npm run bench:runtimes: tillside's own runtime beside TF.js, in a worker of a real Chromium, in one run, interleaved in random order; on copies
// of the gift shop's items. Prints a table, writes bench/results/runtimes.json. `--quick`: few rounds, one size, no gates and no file.
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform } from 'node:os';
import { measureCold } from './measure-cold.mjs';
import { measureLatency } from './measure-latency.mjs';
import { openBrowser, openPage } from './open-browser.mjs';
import { scaledBundle } from './scaled-bundle.mjs';
import { startServer } from './serve.mjs';
import { percentile, rounded, summarise } from './statistics.mjs';

const isQuick = process.argv.includes('--quick');
const SIZES = isQuick ? [1_000] : [1_000, 10_000, 100_000];
const ROUNDS = isQuick ? 20 : 200;
/** One event and rank at 10,000 items: how many times as fast as TF.js. */
const GATES = { 'tfjs-cpu': 20, 'tfjs-wasm': 10 };
const GATED_SIZE = 10_000;

const busyAtStart = loadavg()[0];
const folders = new Map(await Promise.all(SIZES.map(async (size) => [`/models-${size}`, await scaledBundle(size)])));
const [server, browser] = await Promise.all([startServer(folders), openBrowser()]);
try {
  const sizes = {};
  for (const size of SIZES) {
    console.error(`measuring ${size} items …`);
    sizes[size] = { runtimes: {}, ratios: {} };
    for (const tfjs of ['cpu', 'wasm']) await compare(`/models-${size}`, { tfjs, into: sizes[size] });
  }
  const latency = isQuick ? {} : await measurePage();
  const cold = isQuick ? {} : await measureStart();
  report({
    measuredAt: new Date().toISOString(),
    machine: `${platform()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model.trim()}`,
    loadAverageBefore: rounded(busyAtStart),
    browser: `Chromium ${browser.version()}`,
    sizes,
    latency,
    cold,
  });
} finally {
  await browser.close();
  await server.close();
}

/** Both of ours and one of TF.js's backends: a page can hold one of the two. */
async function compare(folder, { tfjs, into }) {
  const page = await openPage(await browser.newContext(), server.url);
  const times = await page.evaluate(
    (plan) =>
      new Promise((resolve, reject) => {
        const worker = new Worker('/runtimes-worker.js', { type: 'module' });
        worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.results));
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage(plan);
      }),
    { folder, tfjs, rounds: ROUNDS },
  );
  await page.context().close();
  for (const [name, kinds] of Object.entries(times))
    into.runtimes[name] ??= Object.fromEntries(Object.entries(kinds).map(([kind, ms]) => [`${kind}Ms`, summariseFine(ms)]));
  const theirs = `tfjs-${tfjs}`;
  const median = (name, kind) => percentile(times[name][kind], 0.5);
  into.ratios[theirs] = Object.fromEntries(
    ['simd', 'js'].map((name) => [
      name,
      Object.fromEntries(['event', 'full', 'batch'].map((kind) => [kind, rounded(median(theirs, kind) / median(name, kind))])),
    ]),
  );
}

/** A median of some microseconds needs more digits. */
function summariseFine(values) {
  return {
    ...summarise(values),
    median: Math.round(percentile(values, 0.5) * 1e4) / 1e4,
    mean: Math.round((values.reduce((a, b) => a + b, 0) / values.length) * 1e4) / 1e4,
  };
}

async function measurePage() {
  const found = {};
  for (const runtime of ['simd', 'js', 'tfjs']) {
    console.error(`measuring event → slate at ${GATED_SIZE} items on ${runtime} …`);
    const options = { runtime, folder: `/models-${GATED_SIZE}` };
    found[runtime] = await measureLatency({ browser, url: server.url, runs: 200, options });
  }
  return found;
}

/** On the gift shop's own bundle. */
async function measureStart() {
  const found = {};
  for (const runtime of ['simd', 'js', 'tfjs']) {
    console.error(`measuring cold starts on ${runtime} …`);
    found[runtime] = await measureCold({ browser, url: server.url, runs: 5, itemId: '85123A', options: { runtime } });
  }
  return found;
}

function report(results) {
  console.log(`\n${results.machine}, load ${results.loadAverageBefore}, ${results.browser}\n`);
  for (const [size, { runtimes }] of Object.entries(results.sizes)) {
    for (const [name, { eventMs, fullMs, batchMs }] of Object.entries(runtimes))
      console.log(
        `${size.padStart(7)} items  ${name.padEnd(10)} one event + rank ${milliseconds(eventMs)}   50 steps ${milliseconds(fullMs)}   200 candidates ${milliseconds(batchMs)}`,
      );
  }
  for (const [runtime, { pageMs, engineMs, floorMs, timesTheFloor }] of Object.entries(results.latency))
    console.log(
      `event → slate on the page, ${GATED_SIZE} items, ${runtime.padEnd(5)} ${milliseconds(pageMs)}, in the engine ${milliseconds(engineMs)}, ` +
        `an empty round trip ${milliseconds(floorMs)} (× ${timesTheFloor.median} / ${timesTheFloor.p95})`,
    );
  for (const [runtime, { first, cached }] of Object.entries(results.cold))
    console.log(
      `new Worker → first slate of the model, ${runtime.padEnd(5)} first visit ${milliseconds(first.modelSlateMs)}, cached ${milliseconds(cached.modelSlateMs)}`,
    );
  if (isQuick) return;
  for (const [theirs, least] of Object.entries(GATES)) {
    const ratio = results.sizes[GATED_SIZE].ratios[theirs].simd.event;
    console.log(
      `one event + rank, ${GATED_SIZE} items: ${ratio} × as fast as ${theirs}, at least ${least}: ${ratio >= least ? 'PASS' : 'FAIL'}`,
    );
    if (ratio < least) process.exitCode = 1;
  }
  const folder = new URL('./results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL('runtimes.json', folder), `${JSON.stringify(results, null, 2)}\n`);
}

function milliseconds({ median, p95 }) {
  return `${median} / ${p95} ms`;
}
