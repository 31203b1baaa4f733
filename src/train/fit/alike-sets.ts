// In: sets of words. Out: the pairs of sets that have most words in common, without comparing all with all. Runs in Node.

/** A pair of sets, the lower number first, and how alike they are. */
export interface AlikePair {
  readonly a: number;
  readonly b: number;
  /** Jaccard index, 0–1 */
  readonly likeness: number;
}

/** A word of more sets than this tells none of them from the others: a pair needs a rarer one in common. */
const MAX_SETS_PER_WORD = 400;

/**
 * Finds all pairs whose Jaccard index is at least `threshold`. Two such sets share one of their rarest words, so each set is only compared
 * with those that hold one of its own.
 *
 * @param sets words without repetition; an empty set is like none
 * @see Bayardo, Ma & Srikant 2007, https://doi.org/10.1145/1242572.1242591
 */
export function findAlike(sets: readonly (readonly string[])[], threshold: number): AlikePair[] {
  const uses = new Map<string, number>();
  for (const word of sets.flat()) uses.set(word, (uses.get(word) ?? 0) + 1);
  const order = [...uses.keys()].sort((x, y) => (uses.get(x) as number) - (uses.get(y) as number) || (x < y ? -1 : 1));
  const rankOf = new Map(order.map((word, rank) => [word, rank]));
  const ranked = sets.map((words) => Uint32Array.from(words, (word) => rankOf.get(word) as number).sort());
  const holders = new Map<number, number[]>();
  const comparedWith = new Int32Array(sets.length).fill(-1);
  const pairs: AlikePair[] = [];
  for (const [b, words] of ranked.entries()) {
    for (const word of words.subarray(0, words.length - Math.ceil(threshold * words.length) + 1)) {
      if ((uses.get(order[word] as string) as number) > MAX_SETS_PER_WORD) continue;
      const others = holders.get(word) ?? [];
      for (const a of others) {
        if (comparedWith[a] === b) continue;
        comparedWith[a] = b;
        const likeness = jaccard(ranked[a] as Uint32Array, words);
        if (likeness >= threshold) pairs.push({ a, b, likeness });
      }
      others.push(b);
      holders.set(word, others);
    }
  }
  return pairs;
}

/** @param x ascending @param y ascending @see Jaccard 1912 */
function jaccard(x: Uint32Array, y: Uint32Array): number {
  let both = 0;
  for (let i = 0, j = 0; i < x.length && j < y.length; ) {
    const difference = (x[i] as number) - (y[j] as number);
    if (difference === 0) both++;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return both / (x.length + y.length - both);
}
