import { inferLayer, type Shape } from './layer-shapes.js';
import { isRecord, ownMember } from './parse-json.js';
import { invalidModel } from './weight-spec.js';

/** A layers model's topology, rebuilt from what is known of each layer and nothing else. */
export interface Topology {
  /** in an order in which every layer comes after those it reads */
  readonly layers: readonly Layer[];
  /** the layer whose output is the model's */
  readonly outputName: string;
  /** in the form that `tf.loadLayersModel` reads: a functional model, every initialiser zeros, no regularisers */
  readonly modelTopology: unknown;
  readonly inputs: ReadonlyMap<string, Shape>;
  readonly output: Shape;
  /** "layer/weight" → its shape: exactly what building the model will allocate */
  readonly weights: ReadonlyMap<string, readonly number[]>;
}

/** One layer as it was checked. */
export interface Layer {
  readonly name: string;
  readonly className: string;
  readonly config: Record<string, unknown>;
  readonly inputs: readonly string[];
}

const MAX_LAYERS = 64;
const NAME = /^[A-Za-z0-9_.-]{1,64}$/;
const CONFIG_KEY = /^[a-z][A-Za-z0-9_]*$/;
const ACTIVATIONS: readonly unknown[] = [
  null,
  'linear',
  'relu',
  'tanh',
  'sigmoid',
  'hard_sigmoid',
  'softmax',
  'softplus',
  'elu',
  'swish',
  'gelu',
];

/**
 * Checks a TF.js or Keras (2 and 3) topology before anything is built of it: known layers only, known settings only, and the shape of
 * every weight derived, because a runtime allocates what the topology asks for before it looks at the weights.
 *
 * @throws {TillsideError} `model-invalid`
 */
export function readTopology(json: unknown): Topology {
  const wrapped = isRecord(json) ? (ownMember(json, 'model_config') ?? json) : undefined;
  const config = isRecord(wrapped) ? ownMember(wrapped, 'config') : undefined;
  if (!isRecord(wrapped) || !isRecord(config)) throw invalidModel('it has no model config');
  const className = ownMember(wrapped, 'class_name');
  const layers = readLayers(config, className === 'Sequential');
  const shapes = new Map<string, Shape>();
  const inputs = new Map<string, Shape>();
  const weights = new Map<string, readonly number[]>();
  for (const layer of layers) {
    if (shapes.has(layer.name)) throw invalidModel(`two layers are named "${layer.name}"`);
    const from = layer.inputs.map((name) => shapes.get(name) ?? refuseInput(layer.name, name));
    const { shape, weights: own } = inferLayer(layer.className, layer.config, from);
    shapes.set(layer.name, shape);
    if (layer.className === 'InputLayer') inputs.set(layer.name, shape);
    for (const [weight, dims] of Object.entries(own)) weights.set(`${layer.name}/${weight}`, dims);
  }
  const outputs = className === 'Sequential' ? [layers.at(-1)?.name ?? ''] : tensorNames(ownMember(config, 'output_layers'));
  const [outputName = ''] = outputs;
  const output = shapes.get(outputName);
  if (outputs.length !== 1 || !output) throw invalidModel(`it has ${outputs.length} outputs, one is read`);
  return { modelTopology: rebuild(layers, [...inputs.keys()], outputs), layers, inputs, outputName, output, weights };
}

function readLayers(config: Record<string, unknown>, isSequential: boolean): Layer[] {
  const list = ownMember(config, 'layers');
  if (!Array.isArray(list) || list.length === 0 || list.length > MAX_LAYERS)
    throw invalidModel(`it needs 1–${MAX_LAYERS} layers`);
  const layers: Layer[] = [];
  for (const entry of list) {
    const layer = readLayer(entry);
    const previous = layers.at(-1);
    if (!isSequential) layers.push(layer);
    else if (previous || layer.className === 'InputLayer') layers.push({ ...layer, inputs: previous ? [previous.name] : [] });
    else {
      // a sequential model may state its input's shape on its first layer instead
      layers.push({
        name: `${layer.name}_input`,
        className: 'InputLayer',
        config: { batch_input_shape: layer.config.batch_input_shape },
        inputs: [],
      });
      layers.push({ ...layer, inputs: [`${layer.name}_input`] });
    }
  }
  return layers;
}

function readLayer(entry: unknown): Layer {
  const config = isRecord(entry) ? ownMember(entry, 'config') : undefined;
  if (!isRecord(entry) || !isRecord(config)) throw invalidModel('a layer has no config');
  const className = ownMember(entry, 'class_name');
  const name = ownMember(entry, 'name') ?? ownMember(config, 'name');
  if (typeof className !== 'string' || typeof name !== 'string' || !NAME.test(name))
    throw invalidModel('a layer has no usable name');
  const nodes = ownMember(entry, 'inbound_nodes') ?? [];
  if (!Array.isArray(nodes) || nodes.length > 1) throw invalidModel(`layer "${name}" is called more than once`);
  return { name, className, config: cleanConfig(config, name), inputs: nodes.length === 1 ? tensorNames(nodes[0]) : [] };
}

/** Keeps plain settings; what only matters in training is neutral, so that building a model draws no random numbers. */
function cleanConfig(config: Record<string, unknown>, layer: string): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(config)) {
    if (!CONFIG_KEY.test(key) || key === 'constructor')
      throw invalidModel(`layer "${layer}" has a setting "${key.slice(0, 40)}"`);
    if (key.endsWith('_initializer')) clean[key] = { class_name: 'Zeros', config: {} };
    else if (key.endsWith('_regularizer') || key.endsWith('_constraint')) clean[key] = null;
    else if (key.endsWith('activation') && !ACTIVATIONS.includes(value))
      throw invalidModel(`layer "${layer}" has activation ${JSON.stringify(value)}`);
    else if (/^batch_?(input_?)?shape$/i.test(key)) clean.batch_input_shape = value;
    // Keras 3 writes types as objects; every weight here is float32 and an input's type is a string
    else if (!isRecord(value)) clean[key] = value;
    else if (key !== 'dtype') throw invalidModel(`layer "${layer}" has an object as "${key}"`);
  }
  clean.name = layer;
  return clean;
}

/** Names in `[["a", 0, 0, {}], …]` (Keras 2), `["a", 0, 0]` (one) or `{ args: [{ config: { keras_history: ["a", 0, 0] } }] }` (Keras 3). */
function tensorNames(node: unknown): string[] {
  if (isRecord(node)) {
    const config = ownMember(node, 'config');
    const history = isRecord(config) ? ownMember(config, 'keras_history') : undefined;
    return tensorNames(history ?? ownMember(node, 'args'));
  }
  if (!Array.isArray(node)) throw invalidModel('a layer is connected in an unknown way');
  if (typeof node[0] !== 'string') return node.flatMap(tensorNames);
  if (node[1] !== 0 || node[2] !== 0) throw invalidModel(`layer "${node[0].slice(0, 64)}" is called more than once`);
  return [node[0]];
}

function rebuild(layers: readonly Layer[], inputs: readonly string[], outputs: readonly string[]): unknown {
  const toPlace = (name: string) => [name, 0, 0];
  return {
    class_name: 'Model',
    config: {
      name: 'model',
      layers: layers.map(({ name, className, config, inputs: from }) => ({
        name,
        class_name: className,
        config,
        inbound_nodes: from.length > 0 ? [from.map((input) => [input, 0, 0, {}])] : [],
      })),
      input_layers: inputs.map(toPlace),
      output_layers: outputs.map(toPlace),
    },
    keras_version: 'tfjs-layers',
    backend: 'tensor_flow.js',
  };
}

function refuseInput(layer: string, input: string): never {
  throw invalidModel(`layer "${layer}" reads "${input.slice(0, 64)}", which is no layer before it`);
}
