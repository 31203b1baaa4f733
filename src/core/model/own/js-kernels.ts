import { ACTIVATIONS } from './activations.js';
import { FAST_ACTIVATIONS, type Kernels, MATRIX_BLOCK } from './kernels.js';

/** Creates the kernels in plain JavaScript, for a policy that lets no WebAssembly compile. */
export function createJsKernels(): Kernels {
  const memory = { buffer: new ArrayBuffer(0) };
  let floats = new Float32Array();
  let bytes = new Uint8Array();
  const multiply: Kernels['multiply'] = (a, m, k, n, w, b, c) => {
    for (let row = 0; row < m; row++) {
      for (let from = 0; from < n; from += MATRIX_BLOCK) {
        const place = (c >> 2) + row * n + from;
        multiplyBlock(floats, (a >> 2) + row * k, k, (w >> 2) + from * k, (b >> 2) + from, place, n - from);
      }
    }
  };
  return {
    name: 'js',
    memory,
    grow(sizeBytes) {
      const larger = new Uint8Array(sizeBytes);
      larger.set(bytes);
      bytes = larger;
      memory.buffer = larger.buffer;
      floats = new Float32Array(larger.buffer);
    },
    vectorBlock: MATRIX_BLOCK,
    multiply,
    multiplyVector: (a, k, n, w, b, c) => multiply(a, 1, k, n, w, b, c),
    activate(at, count, kind) {
      const apply = ACTIVATIONS[FAST_ACTIVATIONS[kind] as string] as (x: number) => number;
      for (let i = at >> 2, end = i + count; i < end; i++) floats[i] = apply(floats[i] as number);
    },
    score(table, rows, dim, query, scale, min, into) {
      const q = query >> 2;
      let sum = 0;
      for (let d = 0; d < dim; d++) sum += floats[q + d] as number;
      sum *= min;
      let place = into >> 2;
      // Two rows at once: one's additions do not wait for the other's. There is room behind the last.
      for (let row = 0, at = table; row < rows; row += 2, at += dim) {
        let first = 0;
        let second = 0;
        for (let d = 0; d < dim; d++, at++) {
          first += (bytes[at] as number) * (floats[q + d] as number);
          second += (bytes[at + dim] as number) * (floats[q + d] as number);
        }
        floats[place++] = first * scale + sum;
        floats[place++] = second * scale + sum;
      }
    },
  };
}

/** Eight columns of one row at once: their sums stay in registers. */
function multiplyBlock(f: Float32Array, a: number, k: number, w: number, b: number, c: number, columns: number): void {
  let s0 = f[b] as number;
  let s1 = f[b + 1] as number;
  let s2 = f[b + 2] as number;
  let s3 = f[b + 3] as number;
  let s4 = f[b + 4] as number;
  let s5 = f[b + 5] as number;
  let s6 = f[b + 6] as number;
  let s7 = f[b + 7] as number;
  for (let i = 0, p = w; i < k; i++, p += MATRIX_BLOCK) {
    const x = f[a + i] as number;
    s0 += x * (f[p] as number);
    s1 += x * (f[p + 1] as number);
    s2 += x * (f[p + 2] as number);
    s3 += x * (f[p + 3] as number);
    s4 += x * (f[p + 4] as number);
    s5 += x * (f[p + 5] as number);
    s6 += x * (f[p + 6] as number);
    s7 += x * (f[p + 7] as number);
  }
  f[c] = s0;
  if (columns > 1) f[c + 1] = s1;
  if (columns > 2) f[c + 2] = s2;
  if (columns > 3) f[c + 3] = s3;
  if (columns > 4) f[c + 4] = s4;
  if (columns > 5) f[c + 5] = s5;
  if (columns > 6) f[c + 6] = s6;
  if (columns > 7) f[c + 7] = s7;
}
