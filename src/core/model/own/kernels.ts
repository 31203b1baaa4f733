/**
 * The arithmetic of tillside's own runtime. Arguments are those of the compiled kernels: byte offsets in one memory, then sizes. Whole
 * vectors may be read and written past an array's end; `createMemory` leaves room for that.
 */
export interface Kernels {
  readonly name: 'simd' | 'js';
  /** grown by `grow` alone, which replaces the buffer */
  readonly memory: { readonly buffer: ArrayBuffer };
  grow(sizeBytes: number): void;
  /** columns in a block of the weights that `multiplyVector` reads */
  readonly vectorBlock: number;
  /** `[n] = [k] · W + b`, W `[n / vectorBlock, k, vectorBlock]`; n is a multiple of the block */
  multiplyVector(a: number, k: number, n: number, w: number, b: number, c: number): void;
  /** `[m, n] = [m, k] · W + b`, W `[n / 8, k, 8]`, b `[n]` and zeros up to a multiple of 8 */
  multiply(a: number, m: number, k: number, n: number, w: number, b: number, c: number): void;
  /** in place, `[count]`; `kind` is a place in `FAST_ACTIVATIONS` */
  activate(at: number, count: number, kind: number): void;
  /** `[rows] = (bytes · scale + min) · query`, bytes `[rows, dim]` */
  score(bytes: number, rows: number, dim: number, query: number, scale: number, min: number, into: number): void;
}

/** Activations that have a kernel, in the order of their numbers. */
export const FAST_ACTIVATIONS: readonly string[] = ['relu', 'sigmoid', 'tanh'];

/** Columns in a block of the weights that `multiply` reads. */
export const MATRIX_BLOCK = 8;
