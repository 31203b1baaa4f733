// In: the results of a section. Out: its tables, for the terminal and for the page.
import { LABELS } from '../contenders.mjs';

/** @typedef {{ title: string, head: string[], rows: string[][] }} Table the first column is text, the others figures */

/** @param {string} section @returns {Table[]} */
export const tablesOf = (section, results) => TABLES[section](results);

const both = ({ median, p95 }) => `${median} / ${p95}`;
const spread = ({ median, least, most }) => (least === most ? `${median}` : `${median} (${least}–${most})`);
const items = (size) => `${Number(size).toLocaleString('en')} items`;
const kb = (bytes) => `${(bytes / 1000).toLocaleString('en', { maximumFractionDigits: 1, minimumFractionDigits: 1 })}`;
const MODELS = {
  shop: "the gift shop's model",
  browsing: 'model of a browsing log (48 dimensions, LSTM 64, MLP 32), random weights',
};

const TABLES = {
  bytes: (groups) => [
    {
      title: 'Bytes on the wire before the model, KB',
      head: ['', 'files', 'as they lie', 'gz', 'br'],
      rows: Object.entries(groups).map(([name, { files, bytes, gz, br }]) => [
        LABELS[name] ?? name,
        `${files}`,
        ...[bytes, gz, br].map(kb),
      ]),
    },
  ],
  runtimes: (kinds) =>
    Object.entries(kinds).flatMap(([kind, sizes]) =>
      Object.entries(sizes).map(([size, runtimes]) => ({
        title: `${items(size)}, ${MODELS[kind]}: median / 95th percentile ms`,
        head: ['', 'one event + rank', 'times simd (runs)', '50 steps anew', '200 candidates', 'shared of 20'],
        rows: Object.entries(runtimes).map(([name, { eventMs, fullMs, batchMs, timesAsSlowAsSimd, agreement }]) => [
          LABELS[name],
          both(eventMs),
          spread(timesAsSlowAsSimd.event),
          both(fullMs),
          both(batchMs),
          `${agreement.leastShared}`,
        ]),
      })),
    ),
  starts: (runtimes) => [
    {
      title: 'new Worker → first ranked 20 of a runtime alone, files and model included: median / 95th percentile ms',
      head: ['', 'first visit', 'cached', 'memory after 50 events, MB'],
      rows: Object.entries(runtimes).map(([name, { firstMs, cachedMs, memoryMb }]) => [
        LABELS[name],
        both(firstMs),
        both(cachedMs),
        `${memoryMb ?? 'not measured'}`,
      ]),
    },
  ],
  loop: (runtimes) => [
    {
      title: 'event → slate on the page, all included: median / 95th percentile ms',
      head: ['', 'page', 'in the engine', 'an empty round trip', 'times as long', 'stale slates', 'longest task'],
      rows: Object.entries(runtimes).map(([name, { pageMs, engineMs, floorMs, timesTheFloor, staleSlates, longTasksMs }]) => [
        name,
        both(pageMs),
        both(engineMs),
        floorMs ? both(floorMs) : 'not measured',
        timesTheFloor ? `${timesTheFloor.median} / ${timesTheFloor.p95}` : '',
        `${staleSlates}`,
        longTasksMs.length === 0 ? '≤ 50' : `${Math.max(...longTasksMs)}`,
      ]),
    },
  ],
  cold: (runtimes) => [
    {
      title: "new Worker → first slate, the whole engine on the gift shop's bundle: median / 95th percentile ms",
      head: ['', 'first slate', 'of the model', 'cached: first slate', 'of the model'],
      rows: Object.entries(runtimes).map(([name, { first, cached }]) => [
        name,
        ...[first.firstSlateMs, first.modelSlateMs, cached.firstSlateMs, cached.modelSlateMs].map(both),
      ]),
    },
  ],
  'strict-policy': ({ runtime, eventAndRankMs, eventToSlateMs, inEngineMs }) => [
    {
      title: "a policy without 'wasm-unsafe-eval', on the size of the bars: median / 95th percentile ms",
      head: ['runs', 'one event + rank', 'event → slate', 'in the engine'],
      rows: [[runtime, ...[eventAndRankMs, eventToSlateMs, inEngineMs].map(both)]],
    },
  ],
  memory: ({ tfjs, simd }) => [
    {
      title: 'Heap before → after, MB',
      head: ['', 'page', 'worker', 'tensors'],
      rows: [
        [`simd, ${simd.events} events`, fromTo(simd.pageHeapMb), fromTo(simd.workerHeapMb), 'none'],
        [`tfjs, ${tfjs.runs} slates`, fromTo(tfjs.pageHeapMb), fromTo(tfjs.workerHeapMb), fromTo(tfjs.tensors)],
      ],
    },
  ],
  'main-thread': ({ backForwardCache, ...rates }) => [
    {
      title: `The gift shop's journey with and without the script (back from the cache: ${backForwardCache.isRestored ? 'yes' : 'no'}); thread ms`,
      head: ['', 'thread busy', 'long tasks', 'INP', 'CLS', 'ours in all', 'ours at load', 'our longest task'],
      rows: Object.entries(rates).flatMap(([rate, { ours, ...sides }]) =>
        ['with', 'without'].map((side) => {
          const { busyMs, longTasks, inpMs, cls } = sides[side];
          const own = side === 'with' ? [ours.sumMs, ours.atLoadMs, ours.longestTaskMs].map(spread) : ['', '', ''];
          return [`${rate}, ${side}`, spread(busyMs), spread(longTasks), spread(inpMs), `${cls}`, ...own];
        }),
      ),
    },
  ],
  'slow-device': (devices) => [
    {
      title: 'A whole browser on a part of one processor: ms',
      head: ['', 'worker slower by, before / after', 'runtime', 'first slate, first visit', 'cached', 'event → slate, mean'],
      rows: Object.entries(devices).flatMap(([name, device]) =>
        device.notMeasured
          ? [[name, `not measured: ${device.notMeasured}`, '', '', '', '']]
          : ['simd', 'js'].map((runtime) => [
              name,
              `${device.timesSlower.before} / ${device.timesSlower.after}`,
              runtime,
              spread(device[runtime].firstSlateMs.first),
              spread(device[runtime].firstSlateMs.cached),
              spread(device[runtime].eventToSlateMs),
            ]),
      ),
    },
  ],
  scale: (sizes) => [
    {
      title: 'More items: median / 95th percentile ms, MB',
      head: ['', 'simd: event + rank', 'js', 'event → slate', 'in the engine', 'first slate', 'memory', 'bundle', 'br'],
      rows: Object.entries(sizes).map(([size, { bytes, eventAndRankMs, ...loop }]) => {
        const total = (of) => (Object.values(bytes).reduce((sum, part) => sum + part[of], 0) / 1e6).toFixed(1);
        return [
          items(size),
          both(eventAndRankMs.simd),
          both(eventAndRankMs.js),
          ...(loop.loop
            ? [loop.loop, '', '', '']
            : [both(loop.eventToSlateMs), both(loop.inEngineMs), `${loop.firstSlateMs} ms`, `${loop.memoryMb}`]),
          total('bytes'),
          total('br'),
        ];
      }),
    },
  ],
};

const fromTo = ({ before, after }) => `${before} → ${after}`;
