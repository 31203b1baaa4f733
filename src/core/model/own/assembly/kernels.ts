// AssemblyScript, compiled by scripts/build-kernels.mjs into ../kernels-wasm.ts. Places are byte offsets in the module's memory; what is
// read or written past an array's end, to whole vectors, is never used: ../memory.ts leaves room for it.

/** Floats of a block that does not fit into its row. */
const SPILL: usize = 16;
/** A query in whole numbers; the longest vector has 4096. */
const WHOLE_QUERY: usize = 64;

function at(place: usize): v128 {
  return v128.load(place);
}

function addProduct(a: v128, b: v128, sum: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** @see Cephes expf: a polynomial of degree 5 on ±ln 2 / 2, relative error 2e-7 */
function exp(given: v128): v128 {
  const x = f32x4.min(f32x4.max(given, f32x4.splat(-87.3)), f32x4.splat(88.0));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(Mathf.LOG2E)));
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375))), f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
  let p = addProduct(f32x4.splat(1.98756915e-4), r, f32x4.splat(1.3981999507e-3));
  p = addProduct(p, r, f32x4.splat(8.3334519073e-3));
  p = addProduct(p, r, f32x4.splat(4.1665795894e-2));
  p = addProduct(p, r, f32x4.splat(1.6666665459e-1));
  p = addProduct(p, r, f32x4.splat(5.0000001201e-1));
  p = f32x4.add(addProduct(p, f32x4.mul(r, r), r), f32x4.splat(1));
  return f32x4.mul(p, i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23));
}

function sigmoid(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp(f32x4.neg(x))));
}

/** `[count]` in place. @param kind 0 relu, 1 sigmoid, 2 tanh */
export function activate(place: usize, count: i32, kind: i32): void {
  const end = place + ((<usize>count) << 2);
  for (let p = place; p < end; p += 16) {
    const x = at(p);
    let y: v128;
    if (kind === 0) y = f32x4.max(x, f32x4.splat(0));
    else if (kind === 1) y = sigmoid(x);
    else y = f32x4.sub(f32x4.mul(f32x4.splat(2), sigmoid(f32x4.add(x, x))), f32x4.splat(1));
    v128.store(p, y);
  }
}

/** `[n] = [k] · W + b`, W in blocks of 32 columns: `[n / 32, k, 32]`. */
export function multiplyVector(a: usize, k: i32, n: i32, w: usize, b: usize, c: usize): void {
  for (let from = 0; from < n; from += 32) {
    const p = b + (from << 2);
    let s0 = at(p),
      s1 = at(p + 16),
      s2 = at(p + 32),
      s3 = at(p + 48);
    let s4 = at(p + 64),
      s5 = at(p + 80),
      s6 = at(p + 96),
      s7 = at(p + 112);
    for (let i = 0; i < k; i++) {
      const x = v128.load32_splat(a + (i << 2));
      s0 = addProduct(x, at(w), s0);
      s1 = addProduct(x, at(w + 16), s1);
      s2 = addProduct(x, at(w + 32), s2);
      s3 = addProduct(x, at(w + 48), s3);
      s4 = addProduct(x, at(w + 64), s4);
      s5 = addProduct(x, at(w + 80), s5);
      s6 = addProduct(x, at(w + 96), s6);
      s7 = addProduct(x, at(w + 112), s7);
      w += 128;
    }
    const q = c + (from << 2);
    v128.store(q, s0);
    v128.store(q + 16, s1);
    v128.store(q + 32, s2);
    v128.store(q + 48, s3);
    v128.store(q + 64, s4);
    v128.store(q + 80, s5);
    v128.store(q + 96, s6);
    v128.store(q + 112, s7);
  }
}

function storeUpTo(place: usize, left: i32, low: v128, high: v128): void {
  if (left >= 8) {
    v128.store(place, low);
    v128.store(place + 16, high);
    return;
  }
  v128.store(SPILL, low);
  v128.store(SPILL + 16, high);
  memory.copy(place, SPILL, left << 2);
}

/** `[m, n] = [m, k] · W + b`, four rows at a time, W in blocks of 8 columns: `[n / 8, k, 8]`. */
export function multiply(a: usize, m: i32, k: i32, n: i32, w: usize, b: usize, c: usize): void {
  const wide = k << 2;
  const stride = n << 2;
  for (let row = 0; row < m; row += 4) {
    const a0 = a + row * wide,
      a1 = a0 + wide,
      a2 = a1 + wide,
      a3 = a2 + wide;
    let block = w;
    for (let from = 0; from < n; from += 8) {
      const p = b + (from << 2);
      let x0 = at(p),
        y0 = at(p + 16);
      let x1 = x0,
        x2 = x0,
        x3 = x0,
        y1 = y0,
        y2 = y0,
        y3 = y0;
      for (let i = 0; i < wide; i += 4) {
        const low = at(block),
          high = at(block + 16);
        block += 32;
        let s = v128.load32_splat(a0 + i);
        x0 = addProduct(s, low, x0);
        y0 = addProduct(s, high, y0);
        s = v128.load32_splat(a1 + i);
        x1 = addProduct(s, low, x1);
        y1 = addProduct(s, high, y1);
        s = v128.load32_splat(a2 + i);
        x2 = addProduct(s, low, x2);
        y2 = addProduct(s, high, y2);
        s = v128.load32_splat(a3 + i);
        x3 = addProduct(s, low, x3);
        y3 = addProduct(s, high, y3);
      }
      const q = c + row * stride + (from << 2),
        left = n - from;
      storeUpTo(q, left, x0, y0);
      storeUpTo(q + stride, left, x1, y1);
      storeUpTo(q + 2 * stride, left, x2, y2);
      storeUpTo(q + 3 * stride, left, x3, y3);
    }
  }
}

/** Whole numbers whose products with a byte, `dim` of them, add up within an i32. */
function levelsOf(dim: i32): f32 {
  return min<f32>(32767, 2147483647 / (255 * <f32>dim) - 1);
}

/** Rounds a query to i16 with its own scale. @returns the scale */
function roundQuery(query: usize, dim: i32): f32 {
  let most: f32 = 0;
  for (let d = 0; d < dim; d++) most = max<f32>(most, abs<f32>(load<f32>(query + (d << 2))));
  const unit = most > 0 ? most / levelsOf(dim) : 1;
  for (let d = 0; d < dim; d++) store<i16>(WHOLE_QUERY + (d << 1), <i16>nearest<f32>(load<f32>(query + (d << 2)) / unit));
  for (let d = dim; d < ((dim + 7) & ~7); d++) store<i16>(WHOLE_QUERY + (d << 1), 0);
  return unit;
}

function addEight(row: usize, q: v128, sum: v128): v128 {
  return i32x4.add(sum, i32x4.dot_i16x8_s(v128.load8x8_u(row), q));
}

/** `[rows] = (bytes · scale + min) · query`, bytes `[rows, dim]`; the query is rounded to i16, the sums are exact. */
export function score(bytes: usize, rows: i32, dim: i32, query: usize, scale: f32, min: f32, into: usize): void {
  const unit = roundQuery(query, dim);
  let total: i32 = 0;
  for (let d = 0; d < dim; d++) total += load<i16>(WHOLE_QUERY + (d << 1));
  const offset = f32x4.splat(<f32>total * unit * min);
  const factor = f32x4.splat(scale * unit);
  for (let row = 0; row < rows; row += 4) {
    const r0 = bytes + row * dim,
      r1 = r0 + dim,
      r2 = r1 + dim,
      r3 = r2 + dim;
    let s0 = i32x4.splat(0),
      s1 = s0,
      s2 = s0,
      s3 = s0;
    for (let d = 0; d < dim; d += 8) {
      const q = at(WHOLE_QUERY + (d << 1));
      s0 = addEight(r0 + d, q, s0);
      s1 = addEight(r1 + d, q, s1);
      s2 = addEight(r2 + d, q, s2);
      s3 = addEight(r3 + d, q, s3);
    }
    const t0 = v128.shuffle<i32>(s0, s1, 0, 4, 1, 5),
      t1 = v128.shuffle<i32>(s0, s1, 2, 6, 3, 7);
    const t2 = v128.shuffle<i32>(s2, s3, 0, 4, 1, 5),
      t3 = v128.shuffle<i32>(s2, s3, 2, 6, 3, 7);
    const p = i32x4.add(t0, t1),
      r = i32x4.add(t2, t3);
    const sums = i32x4.add(v128.shuffle<i32>(p, r, 0, 1, 4, 5), v128.shuffle<i32>(p, r, 2, 3, 6, 7));
    v128.store(into + (row << 2), addProduct(f32x4.convert_i32x4_s(sums), factor, offset));
  }
}
