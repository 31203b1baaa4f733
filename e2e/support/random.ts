/** A seeded generator of whole numbers below `limit`, the same in every run. @see Marsaglia 2003, xorshift */
export function seededBelow(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}
