// In: what was measured. Out: each bar beside what was seen; the ratios are what `npm run bench:gate` stands on.

/** @typedef {{ what: string, seen: string, limit: string, passed: boolean }} Gate */

/** One event and the ranking, of the gift shop's model: how many times as slow as tillside's simd others have to be. */
const RATIOS = [
  { size: 10_000, name: 'tfjs-union', least: 20 },
  { size: 10_000, name: 'tfjs-wasm', least: 10 },
  { size: 10_000, name: 'onnxruntime', least: 1.5 },
  { size: 100_000, name: 'onnxruntime', least: 1.2 },
];
const FINDERS = {
  runtimes: ratioGates,
  starts: startGates,
  loop: loopGates,
  cold: coldGates,
  'strict-policy': strictGates,
  memory: memoryGates,
  'main-thread': mainThreadGates,
};

/** @param {Record<string, object>} results by section @returns {Gate[]} of the sections that are there */
export const gatesOf = (results) => Object.entries(FINDERS).flatMap(([name, find]) => (results[name] ? find(results[name]) : []));

const atMost = (what, seen, limit, unit = 'ms') => ({
  what,
  seen: `${seen} ${unit}`,
  limit: `≤ ${limit} ${unit}`,
  passed: seen <= limit,
});
const atLeast = (what, { median, least, most }, limit) => ({
  what,
  seen: least === most ? `${median} ×` : `${median} × (${least}–${most})`,
  limit: `≥ ${limit} ×`,
  passed: median >= limit,
});

function ratioGates({ shop }) {
  const ratios = RATIOS.filter(({ size }) => shop[size]).map(({ size, name, least }) => {
    const what = `one event + rank, ${size} items: simd before ${name}`;
    const found = [name, `${name}-int8`].flatMap((each) => shop[size][each]?.timesAsSlowAsSimd.event ?? []);
    if (found.length === 0) return { what, seen: 'not installed', limit: `≥ ${least} ×`, passed: false };
    // Of two ways to run a peer, the faster.
    return atLeast(what, found.toSorted((a, b) => a.median - b.median)[0], least);
  });
  const largest = shop[100_000]?.simd.eventMs.median;
  return largest === undefined ? ratios : [...ratios, atMost('one event + rank, 100000 items, simd', largest, 1)];
}

/** A runtime alone, from `new Worker` to its first answer. */
function startGates({ simd, 'tfjs-wasm': tfjs }) {
  return ['first', 'cached'].map((visit) =>
    atLeast(`new Worker → first ranked 20, ${visit}: simd before tfjs-wasm`, once(tfjs[`${visit}Ms`], simd[`${visit}Ms`]), 3),
  );
}

/** A ratio of two medians over all runs. */
function once(slow, fast) {
  const ratio = Math.round((100 * slow.median) / fast.median) / 100;
  return { median: ratio, least: ratio, most: ratio };
}

function loopGates(loop) {
  const measured = Object.entries(loop);
  const simd = loop['simd, 10000 items']?.pageMs;
  return [
    ...(simd
      ? [
          atMost('event → slate on the page, 10000 items, simd, median', simd.median, 1),
          atMost('the same, 95th percentile', simd.p95, 2),
        ]
      : []),
    atMost(
      'slates that did not know of the event before them',
      measured.reduce((sum, [, { staleSlates }]) => sum + staleSlates, 0),
      0,
      'slates',
    ),
  ];
}

function coldGates({ simd, 'tfjs-wasm': tfjs }) {
  return [
    atMost('new Worker → first slate of the model, first visit', simd.first.modelSlateMs.median, 100),
    atMost('the same, cached', simd.cached.modelSlateMs.median, 50),
    atLeast(
      'the same, first visit: simd before the engine on TF.js wasm',
      once(tfjs.first.modelSlateMs, simd.first.modelSlateMs),
      3,
    ),
  ];
}

function strictGates({ runtime, eventAndRankMs }) {
  return [
    { what: "without 'wasm-unsafe-eval' runs", seen: runtime, limit: 'js', passed: runtime === 'js' },
    atMost('one event + rank, 10000 items, there, 95th percentile', eventAndRankMs.p95, 3),
  ];
}

function memoryGates({ tfjs, simd: { events, pageHeapMb, workerHeapMb } }) {
  const growth = (heap) => Math.round(100 * (heap.after - heap.before)) / 100;
  return [
    atMost(`page heap grown over ${events} events`, growth(pageHeapMb), 1, 'MB'),
    atMost(`worker heap grown over ${events} events`, growth(workerHeapMb), 1, 'MB'),
    atMost(`tensors left by ${tfjs.runs} slates on TF.js`, tfjs.tensors.after - tfjs.tensors.before, 0, 'tensors'),
    atMost('worker heap with TF.js', tfjs.workerHeapMb.after, 60, 'MB'),
  ];
}

function mainThreadGates({ backForwardCache, ...rates }) {
  const [, slowest] = Object.entries(rates).at(-1);
  return [
    atMost(`longest task of ours, ${Object.keys(rates).at(-1)} throttle`, slowest.ours.longestTaskMs.median, 50),
    ...Object.entries(rates).map(([rate, found]) =>
      atMost(`CLS with tillside, ${rate}`, Math.round(1000 * found.with.cls) / 1000, 0, ''),
    ),
    ...(rates['4x'] ? [atMost('at load, before consent, 4x throttle', rates['4x'].ours.atLoadMs.median, 30)] : []),
    {
      what: 'a page left with suggestions comes back from the cache',
      seen: backForwardCache.isRestored ? 'it does' : backForwardCache.reasons.join(', '),
      limit: 'it does',
      passed: backForwardCache.isRestored,
    },
  ];
}
