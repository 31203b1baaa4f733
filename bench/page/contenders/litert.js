// LiteRT.js on wasm (XNNPACK), one thread: the LSTM's state goes in and comes out; the catalogue and the best 20 are in the graph.
import { createMean, MAX_STEPS, TOP } from './session.js';

export async function create({ bundle, folder }) {
  const { loadLiteRt, loadAndCompile, Tensor } = await import('/peers/litert/index.js');
  // In a worker it looks for its files beside the worker's script.
  self.Module = { locateFile: (file) => `/peers/litert-wasm/${file}` };
  await loadLiteRt('/peers/litert-wasm/');
  const load = (name) => loadAndCompile(`${folder}-peers/${name}.tflite`, { accelerator: 'wasm' });
  const [event, sequence, ranker] = [await load('event'), await load('sequence'), await load('ranker')];
  const { dim, behaviour: told, units } = bundle;
  const meanOf = createMean(bundle);
  const places = (rows) => Int32Array.from(rows, (row) => row - 1);
  /** Tensors live in wasm until they are deleted. */
  const run = async (model, inputs) => {
    const given = inputs.map(([values, shape]) => new Tensor(values, shape));
    const answers = await model.run(given);
    const values = answers.map((answer) => answer.toTypedArray());
    for (const tensor of [...given, ...answers]) tensor.delete();
    return values;
  };
  let state;
  return {
    async event({ rows, behaviour }) {
      if (rows.length === 1) state = [new Float32Array(units), new Float32Array(units)];
      const [h, c, , best] = await run(event, [
        [places(rows.subarray(-1)), [1]],
        [behaviour.slice(-told), [1, told]],
        [state[0], [1, units]],
        [state[1], [1, units]],
        [meanOf(rows), [1, dim]],
      ]);
      state = [h, c];
      const found = Array.from(best, (place) => place + 1);
      return { session: found.slice(0, TOP), mean: found.slice(TOP) };
    },
    full: async ({ rows, behaviour }) =>
      (
        await run(sequence, [
          [places(rows), [MAX_STEPS]],
          [behaviour, [MAX_STEPS, told]],
        ])
      )[0],
    batch: async (features, candidates) => (await run(ranker, [[features, [candidates, bundle.features]]]))[0],
  };
}
