import { BEHAVIOUR_FEATURES } from '../../core/features/feature-names.js';
import type { SessionShape, SessionWeights } from './session-layers.js';

/**
 * Runs a session model on typed arrays: thousands of short sessions one by one are faster so than through TF.js, with the same
 * answer (≤ 1e-5, tested).
 *
 * @returns `[steps]`, `[steps, BEHAVIOUR_FEATURES.length]` normalised → `[dim]`
 */
export function createSessionEncoder({ dim, units }: SessionShape, weights: SessionWeights) {
  const [embeddings, kernel, recurrent, bias, headKernel, headBias] = weights as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const width = BEHAVIOUR_FEATURES.length;
  const gates = 4 * units;
  const z = new Float64Array(gates);
  const h = new Float64Array(units);
  const c = new Float64Array(units);
  const addRow = (matrix: Float32Array, row: number, factor: number): void => {
    if (factor === 0) return;
    const from = row * gates;
    for (let j = 0; j < gates; j++) z[j] = (z[j] as number) + factor * (matrix[from + j] as number);
  };
  return (rows: Int32Array, behaviour: Float32Array): Float32Array => {
    h.fill(0);
    c.fill(0);
    for (let step = 0; step < rows.length; step++) {
      z.set(bias);
      const item = (rows[step] as number) * dim;
      for (let d = 0; d < dim; d++) addRow(kernel, d, embeddings[item + d] as number);
      for (let b = 0; b < width; b++) addRow(kernel, dim + b, behaviour[step * width + b] as number);
      for (let u = 0; u < units; u++) addRow(recurrent, u, h[u] as number);
      for (let u = 0; u < units; u++) {
        const kept = sigmoid(z[units + u] as number) * (c[u] as number);
        c[u] = kept + sigmoid(z[u] as number) * Math.tanh(z[2 * units + u] as number);
        h[u] = sigmoid(z[3 * units + u] as number) * Math.tanh(c[u] as number);
      }
    }
    const session = Float64Array.from(headBias);
    for (let u = 0; u < units; u++) {
      for (let d = 0; d < dim; d++) session[d] = (session[d] as number) + (h[u] as number) * (headKernel[u * dim + d] as number);
    }
    return Float32Array.from(session);
  };
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
