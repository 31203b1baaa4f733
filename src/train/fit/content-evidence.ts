// In: counted pairs and what the items are. Out: the counts with a little evidence for items of like descriptions. Runs in Node.
import type { ContentVectors } from './content-vectors.js';
import type { PairCounts } from './pair-counts.js';

/** Likeness below this is one common word of many. */
const LEAST_LIKENESS = 0.1;

export interface Evidence {
  /** of two items just alike, in carts of mean weight */
  readonly worth: number;
  /** whether enough visitors had both; of other like pairs the likeness alone speaks, as their edge may ship all the same */
  isSupported(row: number, other: number): boolean;
}

/**
 * Adds to the count of each pair what its likeness is worth, and to the diagonal what an item is like itself. Where carts say much it is
 * outweighed; where they say little, items of one range ask for each other.
 *
 * @see Jeunen et al. 2020, https://doi.org/10.1145/3383313.3418480 (collective EASE^R)
 */
export function addContentEvidence(pairs: PairCounts, vectors: ContentVectors, { worth, isSupported }: Evidence): PairCounts {
  const count = pairs.diagonal.length - 1;
  const unit = worth * pairs.meanWeight;
  const alike = likePairs(vectors, count);
  const countedIn = new Uint32Array(count + 1);
  const starts = new Float64Array(count + 2);
  const most = pairs.rows.length + alike.reduce((sum, others) => sum + others.size, 0);
  const rows = new Uint32Array(most);
  const counts = new Float32Array(most);
  const diagonal = pairs.diagonal.slice();
  let at = 0;
  for (let row = 1; row <= count; row++) {
    const others = alike[row] as ReadonlyMap<number, number>;
    if (others.size > 0) diagonal[row] = (diagonal[row] as number) + unit;
    const end = pairs.starts[row + 1] as number;
    for (let from = pairs.starts[row] as number; from < end; from++) {
      const other = pairs.rows[from] as number;
      const likeness = others.get(other);
      const isCounted = likeness === undefined || isSupported(row, other);
      rows[at] = other;
      counts[at++] = (isCounted ? (pairs.counts[from] as number) : 0) + unit * (likeness ?? 0);
      countedIn[other] = row;
    }
    for (const [other, likeness] of others) {
      if (countedIn[other] === row) continue;
      rows[at] = other;
      counts[at++] = unit * likeness;
    }
    starts[row + 1] = at;
  }
  return { ...pairs, starts, rows: rows.subarray(0, at), counts: counts.subarray(0, at), diagonal };
}

/** Creates the test whether descriptions alone make two rows neighbours. */
export function createLikeCheck(vectors: ContentVectors, count: number): (row: number, other: number) => boolean {
  const alike = likePairs(vectors, count);
  return (row, other) => alike[row]?.has(other) === true;
}

/** Of vectors that several fits read. */
const known = new WeakMap<ContentVectors, readonly ReadonlyMap<number, number>[]>();

/** The likeness of each row to others, the same both ways. @param count rows without row 0: of one catalogue's vectors always the same */
function likePairs(vectors: ContentVectors, count: number): readonly ReadonlyMap<number, number>[] {
  const alike = known.get(vectors) ?? findLikePairs(vectors, count);
  known.set(vectors, alike);
  return alike;
}

function findLikePairs(vectors: ContentVectors, count: number): Map<number, number>[] {
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
