/** One dense layer of a ranker; relu between layers, none after the last. */
export interface DenseLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** `[inputs, outputs]`, row-major */
  readonly kernel: Float32Array;
  /** `[outputs]` */
  readonly bias: Float32Array;
}

/** Runs a ranker on typed arrays. @param features `[rows, inputs]` @returns `[rows]` */
export function runLayers(layers: readonly DenseLayer[], features: Float32Array, rows: number): Float32Array {
  return layers.reduce((values, layer, i) => {
    const outputs = runLayer(layer, values, rows);
    if (i < layers.length - 1) for (let at = 0; at < outputs.length; at++) outputs[at] = Math.max(0, outputs[at] as number);
    return outputs;
  }, features);
}

function runLayer({ inputs, outputs, kernel, bias }: DenseLayer, values: Float32Array, rows: number): Float32Array {
  const into = new Float32Array(rows * outputs);
  const sums = new Float64Array(outputs);
  /** the inputs that say something, and where their weights begin */
  const said = new Float64Array(inputs);
  const starts = new Uint32Array(inputs);
  for (let row = 0; row < rows; row++) {
    let count = 0;
    for (let i = 0; i < inputs; i++) {
      const value = values[row * inputs + i] as number;
      said[count] = value;
      starts[count] = i * outputs;
      if (value !== 0) count++;
    }
    sums.set(bias);
    const fours = count - (count % 4);
    for (let at = 0; at < fours; at += 4) addFour(sums, kernel, { said, starts, at });
    for (let at = fours; at < count; at++) {
      const [value, start] = [said[at] as number, starts[at] as number];
      for (let o = 0; o < outputs; o++) sums[o] = (sums[o] as number) + value * (kernel[start + o] as number);
    }
    into.set(sums, row * outputs);
  }
  return into;
}

/** Adds four inputs in one pass: each sum is read and written a quarter as often, and adds up in the same order. */
function addFour(
  sums: Float64Array,
  kernel: Float32Array,
  { said, starts, at }: { said: Float64Array; starts: Uint32Array; at: number },
): void {
  const first = said[at] as number;
  const second = said[at + 1] as number;
  const third = said[at + 2] as number;
  const fourth = said[at + 3] as number;
  const a = starts[at] as number;
  const b = starts[at + 1] as number;
  const c = starts[at + 2] as number;
  const d = starts[at + 3] as number;
  for (let o = 0; o < sums.length; o++) {
    let sum = (sums[o] as number) + first * (kernel[a + o] as number);
    sum += second * (kernel[b + o] as number);
    sum += third * (kernel[c + o] as number);
    sums[o] = sum + fourth * (kernel[d + o] as number);
  }
}
