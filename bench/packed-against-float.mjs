// node bench/packed-against-float.mjs [--events FILE] [--quick]: what a bundle's bytes cost. One fit on the first 80 % of the sessions answers
// the last 20 % as it ships and as it was fitted: table not packed, vectors and weights not rounded; and with the table not cut to its bytes.
// Online Retail without --events. It reads .build, which `npm run build` leaves.
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const train = (file) => import(new URL(`../.build/train/${file}`, import.meta.url));
const data = (name) => fileURLToPath(new URL(`../examples/gift-shop/data/${name}`, import.meta.url));
const { values } = parseArgs({ options: { events: { type: 'string' }, quick: { type: 'boolean', default: false } } });

const { readInput } = await train('commands/read-input.js');
const { fitTrainPart } = await train('fit/train-bundle.js');
const { createFittedRuntime } = await train('fit/fitted-bundle.js');
const { createSessionEncoder } = await train('fit/session-encoder.js');
const { packBundle, readPacked } = await train('bundle/pack-bundle.js');
const { createBundleRecommender } = await train('evaluate/session-recommender.js');
const { evaluateLog, protocolsFor } = await train('evaluate/evaluate-log.js');
const { DEFAULT_FILTERS } = await train('input/suspect-sessions.js');
const { DEFAULT_SETTINGS, sizesFor } = await train('settings.js');
const { createProgress } = await train('progress.js');

const progress = createProgress(process.stderr);
const source = values.events ? { events: values.events } : { events: data('events.parquet'), catalog: data('catalog.parquet') };
const { log, catalog } = await readInput({ ...source, filters: DEFAULT_FILTERS }, progress);
const settings = { ...DEFAULT_SETTINGS, ...sizesFor(log), ...(values.quick && { epochs: 0 }) };
const { fitted, range, test } = await fitTrainPart({ log, catalog }, settings, progress);
const packed = packBundle(fitted, { settings, metrics: {}, training: {}, now: 0 });
const shipped = readPacked(packed);

/** A float in the place of a byte: value = it × 1 + 0. */
function withFloats(bundle, neighbours) {
  const { models } = bundle;
  const vectors = fitted.models?.session?.unrounded[0];
  const itemTable = models && vectors && { ...models.itemTable, bytes: vectors, scale: 1, min: 0 };
  return { ...bundle, neighbours, ...(itemTable && { models: { ...models, itemTable } }) };
}

/** The networks before their weights were rounded to 16 bits; the ranker's are measured as they ship. */
function floatRuntime() {
  const { session, ranker } = fitted.models;
  if (!session) return createFittedRuntime(fitted.models);
  const encode = createSessionEncoder(session.shape, session.unrounded);
  return createFittedRuntime({ ranker, session: { ...session, encode } });
}

const { uncut, unpacked } = fitted.tables.whole;
const runtimeOf = (make) => fitted.models && make();
const methods = [
  [
    'shipped',
    createBundleRecommender(
      shipped,
      runtimeOf(() => createFittedRuntime(fitted.models)),
    ),
  ],
  ['not rounded', createBundleRecommender(withFloats(shipped, unpacked), runtimeOf(floatRuntime))],
  ['not rounded, not cut', createBundleRecommender(withFloats(shipped, uncut), runtimeOf(floatRuntime))],
];
/** @param {RegExp} roles */
const bytesAnItem = (roles) => {
  const files = packed.files.filter(({ role }) => roles.test(role));
  return (files.reduce((sum, { content }) => sum + content.length, 0) / fitted.tables.index.count).toFixed(1);
};
console.log(
  `${bytesAnItem(/^(?!vocabulary$|catalog$|first-)/)} bytes an item without ids and cards; its first stage ${bytesAnItem(/^first-neighbours$/)} more`,
);
const whole = new Map();
for (const [name, model] of methods.toReversed()) {
  const protocols = protocolsFor(log).filter((protocol) => protocol !== 'growing-cart');
  const plan = { log, train: range.range, test, model, seeds: [1], protocols, baselines: ['popularity'], catalog, progress };
  for (const { protocol, slice, historyDays, methods: measured } of evaluateLog(plan).tables) {
    const { hr, mrr } = measured[0].at['20'];
    const key = `${protocol}, ${slice}${historyDays > 0 ? `, ${historyDays} days` : ''}`;
    const before = whole.get(key) ?? [];
    whole.set(key, [...before, [hr, mrr]]);
    const share = before.map(([h, m]) => `${((100 * hr) / h).toFixed(1)} % / ${((100 * mrr) / m).toFixed(1)} %`);
    console.log(
      [key, name, `HR@20 ${hr.toFixed(4)} MRR@20 ${mrr.toFixed(4)}`, ...share.map((each) => `keeps ${each}`)].join(' · '),
    );
  }
}
