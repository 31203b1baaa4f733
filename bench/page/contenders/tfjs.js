// TF.js as a shop without tillside would use it: a layers model whose LSTM keeps its state from one event to the next, the catalogue by
// matMul and topk on tensors that stay in the backend.
import { createMean, TOP } from './session.js';

const SCRIPTS = {
  union: ['/peers/tfjs/tf.min.js'],
  wasm: [
    '/peers/tfjs-core/tf-core.min.js',
    '/peers/tfjs-layers/tf-layers.min.js',
    '/peers/tfjs-backend-wasm/tf-backend-wasm.min.js',
  ],
};

/** @param {'union' | 'wasm'} build */
export async function create({ bundle, build }) {
  importScripts(...SCRIPTS[build]);
  const { tf } = globalThis;
  tf.enableProdMode();
  if (build === 'wasm') {
    tf.wasm.setWasmPaths('/peers/tfjs-backend-wasm/');
    tf.wasm.setThreadsCount(1);
  }
  const backend = build === 'wasm' ? 'wasm' : 'cpu';
  await tf.setBackend(backend);
  if (tf.getBackend() !== backend) throw new Error(`${backend} runs as ${tf.getBackend()}`);
  const load = ({ modelTopology, weightSpecs, weightData }) =>
    tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData: weightData.slice().buffer }));
  const [stepping, whole, ranker] = await Promise.all(
    [stateful(bundle.models.session), bundle.models.session, bundle.models.ranker].map(load),
  );
  const { bytes, count, dim, scale, min } = bundle.itemTable;
  const floats = Float32Array.from(bytes.subarray(dim), (value) => value * scale + min);
  const table = tf.tensor2d(floats, [count, dim]);
  const meanOf = createMean(bundle);
  const { behaviour: told } = bundle;
  const inputsOf = (model, { rows, behaviour }) => {
    const inputs = {
      items: tf.tensor2d(rows, [1, rows.length], 'int32'),
      behaviour: tf.tensor3d(behaviour, [1, rows.length, told]),
    };
    return model.inputNames.map((name) => inputs[name]);
  };
  return {
    event({ rows, behaviour }) {
      if (rows.length === 1) stepping.resetStates();
      const step = { rows: rows.subarray(-1), behaviour: behaviour.subarray(-told) };
      return tf.tidy(() => {
        const session = stepping.predict(inputsOf(stepping, step));
        const asked = tf.concat([session, tf.tensor2d(meanOf(rows), [1, dim])], 0);
        const places = tf.topk(tf.matMul(asked, table, false, true), TOP).indices.dataSync();
        const best = Array.from(places, (place) => place + 1);
        return { session: best.slice(0, TOP), mean: best.slice(TOP) };
      });
    },
    full: (asked) => tf.tidy(() => whole.predict(inputsOf(whole, asked)).dataSync()),
    batch: (features, candidates) =>
      tf.tidy(() => ranker.predict(tf.tensor2d(features, [candidates, bundle.features])).dataSync()),
  };
}

/** A copy of the model for one step at a time. */
function stateful({ modelTopology, ...rest }) {
  const topology = structuredClone(modelTopology);
  for (const { class_name, config } of topology.config.layers) {
    if (class_name === 'LSTM') config.stateful = true;
    if (config.batch_input_shape) config.batch_input_shape = [1, 1, ...config.batch_input_shape.slice(2)];
  }
  return { ...rest, modelTopology: topology };
}
