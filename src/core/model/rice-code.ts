// In: whole numbers. Out: with how many lower bits Rice codes of them take the fewest bits.

/** Bits of the codes of the first `size` steps: what is above `rice` bits in unary as ones and a zero, then those bits. */
export function riceBits(steps: ArrayLike<number>, size: number, rice: number): number {
  let bits = size * (1 + rice);
  for (let i = 0; i < size; i++) bits += (steps[i] as number) >>> rice;
  return bits;
}

/**
 * The least number of lower bits with which the first `size` steps take the fewest bits. Bits are convex in it: one more saves half of what
 * stands in unary, so it is looked for from the mean's length on.
 *
 * @see Rice & Plaunt 1971
 */
export function cheapestRice(steps: ArrayLike<number>, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += steps[i] as number;
  let rice = Math.floor(Math.log2(Math.max(1, sum / Math.max(1, size))));
  let bits = riceBits(steps, size, rice);
  for (let more = riceBits(steps, size, rice + 1); more < bits; more = riceBits(steps, size, rice + 1)) {
    bits = more;
    rice++;
  }
  for (let fewer = rice; fewer > 0; rice = fewer) {
    const fewerBits = riceBits(steps, size, --fewer);
    if (fewerBits > bits) break;
    bits = fewerBits;
  }
  return rice;
}
