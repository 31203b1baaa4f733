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
    return i < layers.length - 1 ? outputs.map((value) => Math.max(0, value)) : outputs;
  }, features);
}

function runLayer({ inputs, outputs, kernel, bias }: DenseLayer, values: Float32Array, rows: number): Float32Array {
  const into = new Float32Array(rows * outputs);
  const sums = new Float64Array(outputs);
  for (let row = 0; row < rows; row++) {
    sums.set(bias);
    for (let i = 0; i < inputs; i++) {
      const value = values[row * inputs + i] as number;
      if (value === 0) continue;
      for (let o = 0; o < outputs; o++) sums[o] = (sums[o] as number) + value * (kernel[i * outputs + o] as number);
    }
    into.set(sums, row * outputs);
  }
  return into;
}
