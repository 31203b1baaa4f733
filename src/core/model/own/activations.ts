/** What a layer does with each number of its output, by its name in Keras; `softmax` takes a row at once and is apart. */
export const ACTIVATIONS: Readonly<Record<string, (x: number) => number>> = {
  linear: (x) => x,
  relu: (x) => Math.max(x, 0),
  tanh: Math.tanh,
  sigmoid,
  hard_sigmoid: (x) => Math.max(0, Math.min(1, 0.2 * x + 0.5)),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  elu: (x) => (x >= 0 ? x : Math.expm1(x)),
  swish: (x) => x * sigmoid(x),
  gelu: (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)),
};

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** @see Abramowitz and Stegun 1964, 7.1.26: within 1.5e-7 */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const p = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - p * Math.exp(-x * x));
}

/** Writes the softmax of each row in place. @param values `[rows, width]` */
export function softmax(values: Float32Array, width: number): void {
  for (let from = 0; from < values.length; from += width) {
    const row = values.subarray(from, from + width);
    const most = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    let sum = 0;
    for (const x of row) sum += Math.exp(x - most);
    row.forEach((x, i) => {
      row[i] = Math.exp(x - most) / sum;
    });
  }
}
