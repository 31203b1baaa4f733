const LARGEST = 0x7bff; // 65,504
const BIAS_STEP = 127 - 15;

/** The bits of the nearest float16 of each value, ties to even; beyond its range the largest one, below 6.1e-5 zero. @see IEEE 754-2019 */
export function toFloat16(values: Float32Array): Uint16Array {
  return Uint16Array.from(new Uint32Array(values.slice().buffer), (word) => {
    const sign = (word >>> 16) & 0x8000;
    const exponent = ((word >>> 23) & 0xff) - BIAS_STEP;
    if (exponent <= 0) return sign;
    if (exponent > 30) return sign | LARGEST;
    const kept = (exponent << 10) | ((word >>> 13) & 0x3ff);
    const dropped = word & 0x1fff;
    const isUp = dropped > 0x1000 || (dropped === 0x1000 && (kept & 1) === 1);
    return sign | Math.min(LARGEST, kept + (isUp ? 1 : 0));
  });
}

/** The values of float16 bits. */
export function fromFloat16(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >>> 10) & 31;
    const fraction = (half & 0x3ff) / 1024;
    return exponent === 0 ? sign * fraction * 2 ** -14 : sign * (1 + fraction) * 2 ** (exponent - 15);
  });
}

/** Weights as a device will read them from a float16 shard. */
export function asShipped(values: Float32Array): Float32Array {
  return fromFloat16(toFloat16(values));
}
