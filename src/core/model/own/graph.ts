// In: a checked model. Out: its layers in one memory, one after the other. The same for both sets of kernels.
import type { CheckedModel } from '../checked-models.js';
import { type LayerRun, type LayerSite, type PlacedTable, unsupported } from './layer-site.js';
import type { Memory } from './memory.js';
import { activationLayer, denseLayer, dropoutLayer, embeddingLayer } from './plain-layers.js';
import { findWeights } from './read-weights.js';
import { recurrentLayer } from './recurrent-layer.js';
import { addLayer, concatenateLayer, dotLayer, permuteLayer, reshapeLayer } from './shape-layers.js';
import { countOf, createTensor, shapeTensor, type Tensor } from './tensor.js';

export interface Graph {
  readonly tables: readonly PlacedTable[];
  /** Sets an input, by its name. @param shape `[batch, …]` */
  feed(input: string, shape: readonly number[], values: ArrayLike<number>): void;
  /** @returns a copy of the output */
  run(): Float32Array;
}

const LAYERS: Readonly<Record<string, (site: LayerSite) => LayerRun>> = {
  Embedding: embeddingLayer,
  LSTM: recurrentLayer,
  GRU: recurrentLayer,
  Dense: denseLayer,
  Concatenate: concatenateLayer,
  Dot: dotLayer,
  Add: addLayer,
  Permute: permuteLayer,
  Reshape: reshapeLayer,
  Dropout: dropoutLayer,
  Activation: activationLayer,
};

/** Places a model's weights and plans its layers. @throws {TillsideError} `runtime-unavailable`, naming a layer that only TF.js runs */
export function buildGraph(model: CheckedModel, memory: Memory): Graph {
  const weights = findWeights(model);
  const tensors = new Map<string, Tensor>();
  const tables: PlacedTable[] = [];
  const runs: LayerRun[] = [];
  for (const { name, className, config, inputs: from } of model.layers) {
    const output = createTensor();
    tensors.set(name, output);
    if (className === 'InputLayer') continue;
    const own = [...weights]
      .filter(([key]) => key.startsWith(`${name}/`))
      .map(([key, each]) => [key.slice(name.length + 1), each] as const);
    const site = {
      name,
      className,
      config,
      output,
      memory,
      tables,
      inputs: from.map((each) => tensors.get(each) as Tensor),
      weights: new Map(own),
    };
    const build = LAYERS[className];
    if (!build) throw unsupported(site, '');
    runs.push(build(site));
  }
  const { floats } = memory;
  const output = tensors.get(model.outputName) as Tensor;
  return {
    tables,
    feed(input, shape, values) {
      const tensor = tensors.get(input) as Tensor;
      shapeTensor(tensor, shape, memory);
      floats().set(values, tensor.at / 4);
    },
    run() {
      for (const run of runs) run();
      return floats().slice(output.at / 4, output.at / 4 + countOf(output.shape));
    },
  };
}
