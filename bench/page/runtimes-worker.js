// One event and the ranking of the whole catalogue, in a worker, on each runtime in turn; the order is drawn anew every round.
import { createRuntime as createOwn } from '/dist/runtime.js';
import { createRuntime as createTfjs } from '/dist/tfjs.js';

const TOP = 20;
/** A model looks back on as many steps. */
const MAX_STEPS = 50;

self.onmessage = async ({ data: { folder, rounds, tfjs } }) => {
  try {
    postMessage({ results: await measure(await readModels(folder), { rounds, tfjs }) });
  } catch (error) {
    postMessage({ error: String(error?.stack ?? error) });
  }
};

async function measure(bundle, { rounds, tfjs }) {
  const runtimes = {
    simd: await createOwn(bundle.models, { runtime: 'simd' }),
    js: await createOwn(bundle.models, { runtime: 'js' }),
    [`tfjs-${tfjs}`]: await createTfjs(bundle.models, tfjs === 'wasm' ? { wasmBaseUrl: '/dist/wasm/' } : {}),
  };
  for (const [name, runtime] of Object.entries(runtimes))
    if (runtime.name !== name) throw new Error(`${name} runs as ${runtime.name}`);
  const loops = Object.entries(runtimes).map(([name, runtime]) => [name, createLoop(runtime, bundle)]);
  const times = Object.fromEntries(loops.map(([name]) => [name, { event: [], full: [], batch: [] }]));
  for (let round = -20; round < rounds; round++) {
    const tops = [];
    for (const [name, loop] of shuffled(loops)) {
      const { event, full, batch, top } = loop(round + 20);
      tops.push(top);
      if (round >= 0) for (const [what, ms] of Object.entries({ event, full, batch })) times[name][what].push(ms);
    }
    if (tops.some((top) => sharedOf(top, tops[0]) < TOP - 1)) throw new Error(`unlike answers: ${JSON.stringify(tops)}`);
  }
  return times;
}

/** A session that grows by a step a round and starts anew after 50, in the part of the engine that only a model needs. */
function createLoop(runtime, { count, dim, itemTable, behaviour, features }) {
  let steps = { rows: new Int32Array(), behaviour: new Float32Array() };
  const score = runtime.createSessionScorer({
    index: { count },
    encoders: { encodeSteps: () => steps, normalise: (values) => values },
    itemTable,
    behaviour: undefined,
    encodeSession: runtime.encodeSession,
  });
  const timed = (work) => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  };
  const upTo = (last) => ({
    rows: Int32Array.from({ length: last }, (_, i) => 1 + ((i * 37 + 11) % count)),
    behaviour: Float32Array.from({ length: last * behaviour }, (_, i) => ((i * 7) % 10) / 10),
  });
  return (round) => {
    let top;
    steps = upTo(1 + (round % MAX_STEPS));
    const event = timed(() => {
      top = bestOf(score({}).lstm);
    });
    const asked = {
      rows: Int32Array.from({ length: MAX_STEPS }, (_, i) => 1 + ((i * 53 + round) % count)),
      behaviour: upTo(MAX_STEPS).behaviour,
    };
    const full = timed(() => runtime.encodeSession(asked.rows, asked.behaviour));
    const inputs = Float32Array.from({ length: 200 * features }, (_, i) => ((i * 13 + round) % 17) / 17 - 0.5);
    const batch = timed(() => runtime.rankCandidates(inputs, 200));
    // What was kept of the session is the full sequence's now: it is told again, so that the next event is one step.
    runtime.encodeSession(steps.rows, steps.behaviour);
    return { event, full, batch, top, dim };
  };
}

function bestOf(scores) {
  const rows = [];
  let least = Number.NEGATIVE_INFINITY;
  for (let row = 1; row < scores.length; row++) {
    if (!(scores[row] > least)) continue;
    let place = Math.min(rows.length, TOP - 1);
    for (; place > 0 && scores[rows[place - 1]] < scores[row]; place--) rows[place] = rows[place - 1];
    rows[place] = row;
    if (rows.length === TOP) least = scores[rows[TOP - 1]];
  }
  return rows;
}

const sharedOf = (a, b) => a.filter((row) => b.includes(row)).length;

function shuffled(list) {
  const order = [...list];
  for (let i = order.length - 1; i > 0; i--) {
    const other = Math.floor(Math.random() * (i + 1));
    [order[i], order[other]] = [order[other], order[i]];
  }
  return order;
}

async function readModels(folder) {
  const read = async (path) => new Uint8Array(await (await fetch(`${folder}/${path}`)).arrayBuffer());
  const json = async (path) => JSON.parse(new TextDecoder().decode(await read(path)));
  const manifest = await json('manifest.json');
  const pathOf = (role) => manifest.files.find((file) => file.role === role).path;
  const model = async (role) => {
    const { modelTopology, weightsManifest } = await json(pathOf(role));
    const parts = await Promise.all(weightsManifest.flatMap(({ paths }) => paths).map(read));
    const weightData = new Uint8Array(await new Blob(parts).arrayBuffer());
    return { modelTopology, weightSpecs: weightsManifest.flatMap(({ weights }) => weights), weightData };
  };
  const [session, ranker] = [await model('session-model'), await model('ranker-model')];
  const { scale, min } = session.weightSpecs[0].quantization;
  const { count, dim } = manifest.items;
  const itemTable = { count, dim, scale, min, bytes: await read(pathOf('item-table')) };
  const { behaviour, candidate } = manifest.features;
  return {
    models: { session, ranker },
    count,
    dim,
    itemTable,
    behaviour: behaviour.names.length,
    features: candidate.names.length,
  };
}
