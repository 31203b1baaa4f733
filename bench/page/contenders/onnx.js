// onnxruntime-web on wasm, one thread: the LSTM's state goes in and comes out; the catalogue and the best 20 are in the graph.
import { createMean, TOP } from './session.js';

/** @param {'float' | 'int8'} precision of the item table */
export async function create({ bundle, precision, folder }) {
  const ort = await import('/peers/onnxruntime-web/ort.wasm.min.mjs');
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = '/peers/onnxruntime-web/';
  const load = async (name) =>
    ort.InferenceSession.create(`${folder}-peers/${name}.onnx`, { executionProviders: ['wasm'], graphOptimizationLevel: 'all' });
  const event = await load(precision === 'int8' ? 'event-int8' : 'event');
  const [sequence, ranker] = [await load('sequence'), await load('ranker')];
  const { dim, behaviour: told, units } = bundle;
  const meanOf = createMean(bundle);
  const floats = (values, dims) => new ort.Tensor('float32', values, dims);
  const places = (rows) =>
    new ort.Tensor(
      'int64',
      BigInt64Array.from(rows, (row) => BigInt(row - 1)),
      [rows.length],
    );
  let state;
  return {
    async event({ rows, behaviour }) {
      if (rows.length === 1) {
        const zeros = floats(new Float32Array(units), [1, 1, units]);
        state = { h: zeros, c: zeros };
      }
      const answer = await event.run({
        rows: places(rows.subarray(-1)),
        behaviour: floats(behaviour.subarray(-told), [1, 1, told]),
        ...state,
        mean: floats(meanOf(rows), [1, dim]),
      });
      state = { h: answer.next_h, c: answer.next_c };
      const best = Array.from(answer.places.data, (place) => Number(place) + 1);
      return { session: best.slice(0, TOP), mean: best.slice(TOP) };
    },
    async full({ rows, behaviour }) {
      const asked = { rows: places(rows), behaviour: floats(behaviour, [rows.length, 1, told]) };
      return (await sequence.run(asked)).session.data;
    },
    batch: async (features, candidates) =>
      (await ranker.run({ features: floats(features, [candidates, bundle.features]) })).affinity.data,
  };
}
