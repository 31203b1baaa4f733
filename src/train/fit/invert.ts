import { concat, eye, matMul, slice, sub, tensor2d, type Tensor2D, tidy, zeros } from '@tensorflow/tfjs-core';
import { TillsideError } from '../../core/errors.js';

/** Rows eliminated at once: large enough for the backend's matrix product to pay, small enough that a panel stays in the cache. */
const BLOCK = 256;

/**
 * Inverts a symmetric positive definite matrix by blocked Gauss–Jordan elimination, its products on the TF.js backend.
 *
 * @param matrix `[size, size]`, row-major; overwritten with the inverse
 * @throws {TillsideError} `model-nonfinite` if the matrix is singular
 * @see Golub & Van Loan, Matrix Computations, 4th ed., §4.2: no pivoting is needed when it is positive definite
 */
export function invert(matrix: Float32Array, size: number, onProgress?: (share: number) => void): Float32Array {
  if (size === 0) return matrix;
  const blocks = Math.ceil(size / BLOCK);
  const heightOf = (block: number) => Math.min(BLOCK, size - block * BLOCK);
  const panels = Array.from({ length: blocks }, (_, i) => {
    const from = i * BLOCK * size;
    return tensor2d(matrix.subarray(from, from + heightOf(i) * size), [heightOf(i), size]);
  });
  for (let k = 0; k < blocks; k++) {
    const next = eliminate(panels, { k, from: k * BLOCK, height: heightOf(k), size });
    for (let i = 0; i < blocks; i++) {
      panels[i]?.dispose();
      panels[i] = next[i] as Tensor2D;
    }
    onProgress?.((k + 1) / blocks);
  }
  panels.forEach((panel, i) => {
    matrix.set(panel.dataSync(), i * BLOCK * size);
    panel.dispose();
  });
  if (!Number.isFinite(matrix[0] as number)) {
    throw new TillsideError('model-nonfinite', `A ${size} × ${size} matrix has no inverse. Raise the ridge that is added to it.`);
  }
  return matrix;
}

interface Step {
  readonly k: number;
  /** first row of block k */
  readonly from: number;
  readonly height: number;
  readonly size: number;
}

/** One block step: row panel k becomes P·A_k, every other becomes A_i − A_ik·P·A_k, with P = A_kk⁻¹ in the place of column k. */
function eliminate(panels: readonly Tensor2D[], { k, from, height, size }: Step): Tensor2D[] {
  const withColumn = (panel: Tensor2D, column: Tensor2D): Tensor2D => {
    const rows = panel.shape[0];
    const left = slice(panel, [0, 0], [rows, from]);
    const right = slice(panel, [0, from + height], [rows, size - from - height]);
    return concat(
      [left, column, right].filter((part) => part.shape[1] > 0),
      1,
    );
  };
  return tidy(() => {
    const own = panels[k] as Tensor2D;
    const pivot = invertDense(Float64Array.from(slice(own, [0, from], [height, height]).dataSync()), height);
    const scaled = matMul(tensor2d(Float32Array.from(pivot), [height, height]), withColumn(own, eye(height)));
    return panels.map((panel, i): Tensor2D => {
      if (i === k) return scaled as Tensor2D;
      const rows = panel.shape[0];
      const factor = slice(panel, [0, from], [rows, height]);
      return sub(withColumn(panel, zeros([rows, height])), matMul(factor, scaled)) as Tensor2D;
    });
  });
}

/** Inverts a small symmetric positive definite matrix in place by Gauss–Jordan elimination. @param a `[size, size]`, row-major */
export function invertDense(a: Float64Array, size: number): Float64Array {
  for (let k = 0; k < size; k++) {
    const pivot = 1 / (a[k * size + k] as number);
    a[k * size + k] = 1;
    for (let j = 0; j < size; j++) a[k * size + j] = (a[k * size + j] as number) * pivot;
    for (let i = 0; i < size; i++) {
      if (i === k) continue;
      const factor = a[i * size + k] as number;
      if (factor === 0) continue;
      a[i * size + k] = 0;
      for (let j = 0; j < size; j++) a[i * size + j] = (a[i * size + j] as number) - factor * (a[k * size + j] as number);
    }
  }
  return a;
}
