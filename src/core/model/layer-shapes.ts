import { invalidModel } from './weight-spec.js';

/** `[batch, …]`; null where any size is taken. */
export type Shape = readonly (number | null)[];

export interface InferredLayer {
  readonly shape: Shape;
  /** weight → its shape */
  readonly weights: Readonly<Record<string, readonly number[]>>;
}

type Config = Readonly<Record<string, unknown>>;

/** No side of a tensor other than the item table's is longer. */
const MAX_SIDE = 4096;
const MAX_TABLE_ROWS = 2_000_001;
const MAX_RANK = 4;

/**
 * Derives what a layer puts out and which weights building it allocates. The layers known here are the ones a bundle may use.
 *
 * @throws {TillsideError} `model-invalid` for another layer or a setting out of range
 */
export function inferLayer(className: string, config: Config, inputs: readonly Shape[]): InferredLayer {
  if (className === 'InputLayer') return { shape: inputShape(config.batch_input_shape), weights: {} };
  const [first] = inputs;
  if (!first) throw invalidModel(`a ${className.slice(0, 40)} has no input`);
  switch (className) {
    case 'Embedding': {
      const width = side(config.output_dim);
      return { shape: checked([...first, width]), weights: { embeddings: [side(config.input_dim, MAX_TABLE_ROWS), width] } };
    }
    case 'Dense':
      return dense(config, first);
    case 'LSTM':
      return recurrent(config, first, 4);
    case 'GRU':
      return recurrent(config, first, 3);
    case 'Dropout':
    case 'Activation':
      return { shape: first, weights: {} };
    case 'Add':
      if (inputs.some((other) => other.length !== first.length || other.at(-1) !== first.at(-1)))
        throw invalidModel('it adds tensors of unlike shapes');
      return { shape: first, weights: {} };
    case 'Concatenate':
      return { shape: concatenated(config, first, inputs), weights: {} };
    case 'Dot':
      return { shape: dotted(config, inputs), weights: {} };
    case 'Permute':
      return { shape: checked([first[0] ?? null, ...list(config.dims).map((axis) => at(first, side(axis)))]), weights: {} };
    case 'Reshape':
      return {
        shape: checked([
          first[0] ?? null,
          ...list(config.target_shape).map((value) => (value === -1 || value === null ? null : side(value))),
        ]),
        weights: {},
      };
    default:
      throw invalidModel(`layer type "${className.slice(0, 40)}" is not one that a bundle may use`);
  }
}

function dense(config: Config, input: Shape): InferredLayer {
  const units = side(config.units);
  const weights = { kernel: [side(input.at(-1)), units], ...(config.use_bias !== false && { bias: [units] }) };
  return { shape: [...input.slice(0, -1), units], weights };
}

function recurrent(config: Config, input: Shape, gates: number): InferredLayer {
  if (input.length !== 3) throw invalidModel('a recurrent layer needs [batch, steps, features]');
  for (const name of ['return_state', 'stateful', 'unroll', 'reset_after']) {
    if (config[name] === true) throw invalidModel(`"${name}" is not supported`);
  }
  const units = side(config.units);
  const wide = gates * units;
  const weights = {
    kernel: [side(input[2]), wide],
    recurrent_kernel: [units, wide],
    ...(config.use_bias !== false && { bias: [wide] }),
  };
  return {
    shape: config.return_sequences === true ? [input[0] ?? null, input[1] ?? null, units] : [input[0] ?? null, units],
    weights,
  };
}

function concatenated(config: Config, first: Shape, inputs: readonly Shape[]): Shape {
  const axis = (config.axis ?? -1) as number;
  const place = axis < 0 ? first.length + axis : axis;
  if (inputs.some((shape) => shape.length !== first.length) || !(place > 0 && place < first.length))
    throw invalidModel('it joins tensors of unlike shapes');
  const sides = inputs.map((shape) => shape[place] ?? null);
  const total = sides.includes(null) ? null : sides.reduce<number>((sum, value) => sum + (value as number), 0);
  return checked(first.map((value, i) => (i === place ? total : value)));
}

function dotted(config: Config, [a, b]: readonly Shape[]): Shape {
  if (!a || !b) throw invalidModel('a Dot needs two inputs');
  const axes = Array.isArray(config.axes) ? config.axes : [config.axes, config.axes];
  const without = (shape: Shape, axis: unknown): Shape => {
    const place = typeof axis === 'number' && axis < 0 ? shape.length + axis : axis;
    at(shape, side(place));
    return shape.filter((_, i) => i > 0 && i !== place);
  };
  const rest = [...without(a, axes[0]), ...without(b, axes[1])];
  return checked([a[0] ?? null, ...(rest.length > 0 ? rest : [1])]);
}

function inputShape(value: unknown): Shape {
  return checked(list(value).map((size) => (size === null ? null : side(size))));
}

function checked(shape: Shape): Shape {
  if (shape.length < 1 || shape.length > MAX_RANK) throw invalidModel(`a tensor has ${shape.length} sides`);
  for (const value of shape) if (value !== null) side(value);
  return shape;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value) || value.length > MAX_RANK) throw invalidModel('a shape is missing');
  return value;
}

function at(shape: Shape, place: number): number | null {
  const value = shape[place];
  if (value === undefined) throw invalidModel(`a tensor has no side ${place}`);
  return value;
}

function side(value: unknown, most = MAX_SIDE): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > most)
    throw invalidModel(`a size is ${String(value).slice(0, 40)}, not 1–${most}`);
  return value;
}
