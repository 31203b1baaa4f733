// In: the gift shop's models. Out: models of the same layers in the sizes that `train` chooses for browsing logs, with weights drawn at random:
// the gift shop sells by carts, whose models are the smallest that are shipped.

/** @typedef {{ dim: number, units: number, hidden: number[] }} Shape as in `DEFAULT_SETTINGS` of src/train/settings.ts */
/** @type {Shape} */
export const BROWSING = { dim: 48, units: 64, hidden: [32] };
const TABLE = { dtype: 'uint8', scale: 0.008, min: -0.96 };

/** @param {Shape} shape */
export function widen({ session, ranker }, { dim, units, hidden }) {
  const draw = createDraw(7);
  const layersOf = ({ modelTopology }) => modelTopology.config.layers;
  for (const { class_name, config } of layersOf(session)) {
    if (class_name === 'Embedding') config.output_dim = dim;
    if (class_name === 'LSTM') config.units = units;
    if (class_name === 'Dense') config.units = dim;
  }
  const [table, weights] = session.weightsManifest;
  table.weights[0].quantization = TABLE;
  table.weights[0].shape[1] = dim;
  const told = layersOf(session).find(({ name }) => name === 'behaviour').config.batch_input_shape[2];
  const shapes = [[dim + told, 4 * units], [units, 4 * units], [4 * units], [units, dim], [dim]];
  for (const [i, weight] of weights.weights.entries()) weight.shape = shapes[i];
  const [input, output] = layersOf(ranker);
  const layers = hidden.map((size, i) => {
    const name = `hidden${i}`;
    const from = i === 0 ? input.name : `hidden${i - 1}`;
    const config = { ...output.config, name, units: size, activation: 'relu' };
    return { ...structuredClone(output), name, config, inbound_nodes: [[[from, 0, 0, {}]]] };
  });
  output.inbound_nodes = [[[layers.at(-1).name, 0, 0, {}]]];
  layersOf(ranker).splice(1, 0, ...layers);
  const [kernel, bias] = ranker.weightsManifest[0].weights;
  const sizes = [kernel.shape[0], ...hidden, 1];
  ranker.weightsManifest[0].weights = sizes.slice(1).flatMap((size, i) => {
    const named = (weight, shape) => ({
      ...weight,
      name: weight.name.replace(output.name, layers[i]?.name ?? output.name),
      shape,
    });
    return [named(kernel, [sizes[i], size]), named(bias, [size])];
  });
  return {
    tableBytes: (count) => Uint8Array.from({ length: (count + 1) * dim }, () => 120 + (draw() - 0.5) * 200),
    sessionWeights: drawFloats(weights.weights, draw),
    rankerWeights: drawFloats(ranker.weightsManifest[0].weights, draw),
  };
}

/** Float32 weights, small enough that no gate is full. */
function drawFloats(weights, draw) {
  for (const weight of weights) delete weight.quantization;
  const values = weights.flatMap(({ shape }) => {
    const reach = Math.sqrt(6 / (shape[0] + (shape[1] ?? shape[0])));
    return Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => (2 * draw() - 1) * reach);
  });
  return new Uint8Array(Float32Array.from(values).buffer);
}

/** mulberry32: the same weights in every run. */
function createDraw(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
