// The parts of the benchmark, in the order in which they run; each answers plain data, which is its file in results/.
import { readFileSync } from 'node:fs';
import { measureBytes } from './measure-bytes.mjs';
import { measureCold } from './measure-cold.mjs';
import { measureLatency } from './measure-latency.mjs';
import { measureMainThread } from './measure-main-thread.mjs';
import { measureHeapOverEvents, measureMemory } from './measure-memory.mjs';
import { measureRuntimes } from './measure-runtimes.mjs';
import { measureScale } from './measure-scale.mjs';
import { measureSlowDevice } from './measure-slow-device.mjs';
import { measureStarts } from './measure-starts.mjs';
import { measureStrictPolicy } from './measure-strict-policy.mjs';
import { BROWSING } from './wide-models.mjs';

/**
 * @typedef {object} Bench
 * @property {import('@playwright/test').Browser} browser
 * @property {string} url of the server
 * @property {Map<string, Map<string, Uint8Array>>} folders that it serves from memory
 * @property {Amounts} amounts
 */
/** @typedef {typeof FULL} Amounts how often and how much */

export const FULL = {
  shop: [1_000, 10_000, 100_000],
  browsing: [10_000, 100_000],
  loopSize: 10_000,
  runs: 3,
  rounds: 30,
  slates: 200,
  starts: 7,
  memory: 1_000,
  events: 10_000,
  rates: [4, 6],
  slower: [4, 6],
  scale: [10_000, 100_000, 500_000, 1_000_000],
  isQuick: false,
};
/** @type {Amounts} whether the benchmark still works */
export const QUICK = {
  ...FULL,
  shop: [1_000],
  browsing: [],
  loopSize: 1_000,
  runs: 1,
  rounds: 4,
  slates: 5,
  starts: 1,
  memory: 20,
  events: 100,
  isQuick: true,
};

/** Where the bundle of a size lies on the server. */
const shopFolder = (size) => `/models-${size}`;
const browsingFolder = (size) => `/browsing-${size}`;
const shopPlan = (size) => ({ folder: shopFolder(size), size });
const browsingPlan = (size) => ({ folder: browsingFolder(size), size, shape: BROWSING });
const OWN_FOLDER = '/models';
const OWN_SIZE = 3_795;

/** What each section reads of the server, beside the gift shop's own bundle. @type {Record<string, (amounts: Amounts) => object[]>} */
const NEEDS = {
  runtimes: ({ shop, browsing }) => [...shop.map(shopPlan), ...browsing.map(browsingPlan)],
  starts: () => [shopPlan(OWN_SIZE)],
  loop: ({ loopSize }) => [shopPlan(loopSize)],
  'strict-policy': ({ loopSize }) => [shopPlan(loopSize)],
};

/** @param {readonly string[]} names of sections @param {Amounts} amounts @returns {Parameters<typeof import('./contenders.mjs').foldersOf>[0]} */
export function plansOf(names, amounts) {
  const plans = names.flatMap((name) => NEEDS[name]?.(amounts) ?? []);
  return [...new Map(plans.map((plan) => [plan.folder, plan])).values()];
}

/** @type {Record<string, { run: (bench: Bench) => Promise<object>, isChromium?: boolean, isSlow?: boolean }>} */
export const SECTIONS = {
  bytes: { run: async ({ amounts }) => measureBytes(amounts) },
  runtimes: { run: runtimes },
  starts: {
    run: ({ browser, url, amounts }) => measureStarts({ browser, url, folder: shopFolder(OWN_SIZE), runs: amounts.starts }),
  },
  loop: { run: loop },
  cold: { run: cold },
  'strict-policy': {
    run: ({ browser, folders, amounts: { loopSize, runs, slates } }) =>
      measureStrictPolicy({ browser, folders, folder: shopFolder(loopSize), runs, rounds: slates }),
  },
  memory: { run: memory, isChromium: true },
  'main-thread': {
    run: ({ amounts: { runs, rates } }) => measureMainThread({ runs, rates }),
    isChromium: true,
    isSlow: true,
  },
  'slow-device': { run: slowDevice, isChromium: true, isSlow: true },
  scale: {
    run: ({ browser, amounts: { scale, runs, rounds } }) => measureScale({ browser, sizes: scale, runs, rounds }),
    isChromium: true,
    isSlow: true,
  },
};

async function runtimes({ browser, url, amounts: { shop, browsing, runs, rounds } }) {
  const results = { shop: {}, browsing: {} };
  const plans = [
    ...shop.map((size) => ({ kind: 'shop', size, folder: shopFolder(size) })),
    ...browsing.map((size) => ({ kind: 'browsing', size, folder: browsingFolder(size) })),
  ];
  for (const { kind, size, folder } of plans) {
    console.error(`  ${size} items, ${kind} …`);
    results[kind][size] = await measureRuntimes({ browser, url, folder, runs, rounds });
  }
  return results;
}

/** Every runtime on the shop's own bundle, the default ones on the size of the bars too. */
async function loop({ browser, url, amounts: { loopSize, slates } }) {
  const plans = {
    simd: { runtime: 'simd', folder: OWN_FOLDER },
    js: { runtime: 'js', folder: OWN_FOLDER },
    'tfjs-cpu': { runtime: 'tfjs', folder: OWN_FOLDER },
    'tfjs-wasm': { runtime: 'tfjs', wasm: `${url}/dist/wasm/`, folder: OWN_FOLDER },
    [`simd, ${loopSize} items`]: { runtime: 'simd', folder: shopFolder(loopSize) },
    [`js, ${loopSize} items`]: { runtime: 'js', folder: shopFolder(loopSize) },
  };
  const found = {};
  for (const [name, options] of Object.entries(plans))
    found[name] = await measureLatency({ browser, url, runs: slates, options });
  return found;
}

/** The whole engine on the gift shop's own bundle. */
function cold({ browser, url, amounts: { starts } }) {
  const engines = {
    simd: { runtime: 'simd' },
    js: { runtime: 'js' },
    'tfjs-cpu': { runtime: 'tfjs' },
    'tfjs-wasm': { runtime: 'tfjs', wasm: `${url}/dist/wasm/` },
  };
  return measureCold({ browser, url, runs: starts, itemId: firstItem(), engines });
}

async function memory({ browser, url, amounts: { memory: runs, events } }) {
  return {
    tfjs: await measureMemory({ browser, url, runs }),
    simd: await measureHeapOverEvents({ browser, url, events }),
  };
}

async function slowDevice({ url, amounts: { slower, runs } }) {
  const found = {};
  for (const times of slower) {
    // Beside other programs so slow a browser may not even open a page.
    const failed = (error) => ({ notMeasured: String(error).split('\n')[0] });
    const plan = { url, slower: times, runs, events: 100, folder: OWN_FOLDER };
    found[`${times}x`] = await measureSlowDevice(plan).catch(failed);
  }
  return found;
}

function firstItem() {
  const folder = new URL('../examples/gift-shop/bundle/', import.meta.url);
  const read = (path) => JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
  const { path } = read('manifest.json').files.find(({ role }) => role === 'vocabulary');
  return read(path).items[0];
}
