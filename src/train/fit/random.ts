/** A seeded stream of numbers: the only randomness of a fit. */
export interface Random {
  /** uniform, 0 ≤ x < 1 */
  next(): number;
  /** uniform whole number, 0 ≤ x < bound */
  below(bound: number): number;
  /** standard normal */
  normal(): number;
  /** Shuffles in place (Fisher–Yates). */
  shuffle(values: Uint32Array): Uint32Array;
}

/** Creates the stream of a seed; a label makes streams of one seed independent. @see https://pracrand.sourceforge.net (sfc32) */
export function createRandom(seed: number, label = ''): Random {
  let a = seed | 0;
  let b = 0x9e3779b9;
  let c = 0x243f6a88;
  let counter = 1;
  for (let i = 0; i < label.length; i++) b = Math.imul(b ^ label.charCodeAt(i), 0x01000193);
  const draw = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 16; i++) draw();
  const next = () => draw() / 0x1_0000_0000;
  const below = (bound: number) => Math.floor(next() * bound);
  return {
    next,
    below,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    shuffle(values) {
      for (let i = values.length - 1; i > 0; i--) {
        const j = below(i + 1);
        const kept = values[i] as number;
        values[i] = values[j] as number;
        values[j] = kept;
      }
      return values;
    },
  };
}
