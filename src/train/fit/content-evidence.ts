// In: counted pairs and what the items are. Out: the counts with a little evidence for items of like descriptions. Runs in Node.
import type { ContentVectors } from './content-vectors.js';
import type { PairCounts } from './pair-counts.js';

/** Likeness below this is one common word of many. */
const LEAST_LIKENESS = 0.1;

/**
 * Adds to the counts of each pair what its likeness is worth: as if a few carts of mean weight had held each word of the catalogue alone, with all items that are called by it.
 * Where carts say much it is outweighed; where they say little, items of one range ask for each other.
 *
 * @param worth of two items just alike, in carts of mean weight
 * @see Jeunen et al. 2020, https://doi.org/10.1145/3383313.3418480 (collective EASE^R)
 */
export function addContentEvidence(pairs: PairCounts, vectors: ContentVectors, worth: number): PairCounts {
  const count = pairs.diagonal.length - 1;
  const unit = worth * pairs.meanWeight;
  const alike = likePairs(vectors, count);
  const starts = new Float64Array(count + 2);
  const most = pairs.rows.length + alike.reduce((sum, others) => sum + others.size, 0);
  const rows = new Uint32Array(most);
  const counts = new Float32Array(most);
  const diagonal = pairs.diagonal.slice();
  let at = 0;
  for (let row = 1; row <= count; row++) {
    const others = alike[row] as Map<number, number>;
    if (others.size > 0) diagonal[row] = (diagonal[row] as number) + unit;
    const end = pairs.starts[row + 1] as number;
    for (let from = pairs.starts[row] as number; from < end; from++) {
      const other = pairs.rows[from] as number;
      rows[at] = other;
      counts[at++] = (pairs.counts[from] as number) + unit * (others.get(other) ?? 0);
      others.delete(other);
    }
    for (const [other, likeness] of others) {
      rows[at] = other;
      counts[at++] = unit * likeness;
    }
    starts[row + 1] = at;
  }
  return { ...pairs, starts, rows: rows.subarray(0, at), counts: counts.subarray(0, at), diagonal };
}

/** The likeness of each row to others, the same both ways. */
function likePairs(vectors: ContentVectors, count: number): Map<number, number>[] {
  const alike = Array.from({ length: count + 1 }, () => new Map<number, number>());
  for (let row = 1; row <= count; row++) {
    for (const { row: other, similarity } of vectors.similarTo(row)) {
      if (similarity < LEAST_LIKENESS) break;
      alike[row]?.set(other, similarity);
      alike[other]?.set(row, similarity);
    }
  }
  return alike;
}
