import { describe, expect, it } from 'vitest';
import type { NeighbourTable } from '../../../src/core/model/neighbour-table.js';
import { type ContentFold, foldContent } from '../../../src/train/fit/content-neighbours.js';
import type { SimilarRow } from '../../../src/train/fit/content-vectors.js';

const [A, B, NEW] = [1, 2, 3];

/** A → B .8, B → A .4; nobody has bought NEW, which is like B by half. */
const TABLE: NeighbourTable = {
  starts: Uint32Array.from([0, 0, 1, 2, 2]),
  rows: Uint32Array.from([B, A]),
  weights: Float32Array.from([0.8, 0.4]),
};
const SIMILAR = new Map<number, SimilarRow[]>([
  [B, [{ row: NEW, similarity: 0.5 }]],
  [NEW, [{ row: B, similarity: 0.5 }]],
]);

const FOLD: ContentFold = {
  vectors: { similarTo: (row) => SIMILAR.get(row) ?? [] },
  sessions: [0, 1000, 1000, 0],
  minSupport: 5,
  neighbours: 20,
  isNearDuplicate: () => false,
  strength: 0.5,
};

function fold(changes: Partial<ContentFold> = {}, table = TABLE) {
  const folded = foldContent(table, { ...FOLD, ...changes });
  return (row: number) =>
    Array.from({ length: (folded.starts[row + 1] as number) - (folded.starts[row] as number) }, (_, i) => {
      const edge = (folded.starts[row] as number) + i;
      return [folded.rows[edge], Number((folded.weights[edge] as number).toFixed(4))];
    });
}

describe('foldContent', () => {
  // A strong edge weighs (.8 + .4) / 2 = .6. B teaches NEW with weight 1 · .5: NEW → A .5 · .4 = .2, A → NEW ½ · .5 · .8 = .2.
  // As lookalikes NEW → B ½ · .6 · .5² = .075, B → NEW half of it.
  it('gives an item that nobody has bought the neighbours of what it is like, and a place in the lists of others', () => {
    const of = fold();
    expect(of(NEW)).toEqual([
      [A, 0.2],
      [B, 0.075],
    ]);
    expect(of(A)).toEqual([
      [B, 0.8],
      [NEW, 0.2],
    ]);
    expect(of(B)).toEqual([
      [A, 0.4],
      [NEW, 0.0375],
    ]);
  });

  it('marks the edges that nobody’s purchases show', () => {
    const { rows, folded } = foldContent(TABLE, FOLD);
    expect(Array.from(rows, (row, edge) => [row, folded?.[edge]])).toEqual([
      [B, 0],
      [NEW, 1],
      [A, 0],
      [NEW, 1],
      [A, 1],
      [B, 1],
    ]);
  });

  it('fills lists to 16 edges an item, and never shortens those of purchases', () => {
    const count = 30;
    const everyone = Array.from({ length: count }, (_, i) => ({ row: i + 1, similarity: 0.5 }));
    const vectors = { similarTo: (row: number) => everyone.filter((other) => other.row !== row) };
    const own = Array.from({ length: 20 }, (_, i) => i + 2);
    const starts = Uint32Array.from({ length: count + 2 }, (_, row) => (row > 1 ? own.length : 0));
    const table = { starts, rows: Uint32Array.from(own), weights: new Float32Array(own.length).fill(1) };
    const folded = foldContent(table, { ...FOLD, vectors, sessions: new Uint32Array(count + 1), neighbours: 25 });
    expect((folded.starts[2] as number) - (folded.starts[1] as number)).toBe(20);
    expect(folded.rows.length).toBeLessThanOrEqual(16 * count);
    expect(folded.rows.length).toBeGreaterThan(15 * count);
  });

  it('keeps near-duplicates apart, though they teach each other', () => {
    const of = fold({ isNearDuplicate: (a, b) => Math.min(a, b) === B && Math.max(a, b) === NEW });
    expect(of(NEW)).toEqual([[A, 0.2]]);
    expect(of(B)).toEqual([[A, 0.4]]);
    expect(of(A)).toContainEqual([NEW, 0.2]);
  });

  it('trusts content by half after ten sessions beyond the support, and not at all after many', () => {
    expect(fold({ sessions: [0, 1000, 1000, 14] })(NEW)).toEqual([
      [A, 0.1],
      [B, 0.0375],
    ]);
    expect(fold({ sessions: [0, 1000, 1000, 1000] })(NEW)).toEqual([]);
  });

  it('lists no more neighbours than asked for: a new item takes a place only from a weaker one', () => {
    const of = fold({ neighbours: 1 });
    expect([of(A), of(NEW)]).toEqual([[[B, 0.8]], [[A, 0.2]]]);
  });

  it('keeps new items out of the lists of others at strength 0', () => {
    const of = fold({ strength: 0 });
    expect([of(A), of(B)]).toEqual([[[B, 0.8]], [[A, 0.4]]]);
    expect(of(NEW)).toHaveLength(2);
  });

  it('puts what the shop calls an accessory before what only resembles, near-duplicate or not', () => {
    const of = fold({ accessories: new Map([[NEW, [A]]]), isNearDuplicate: () => true });
    expect(of(NEW)[0]).toEqual([A, 1]); // .2 as folded, as much to equal the best, and a strong edge's .6 to be first
  });

  it('knows what resembles where nothing was ever bought', () => {
    const empty = { starts: new Uint32Array(5), rows: new Uint32Array(), weights: new Float32Array() };
    expect(fold({ sessions: [0, 0, 0, 0], strength: 1 }, empty)(NEW)).toEqual([[B, 0.25]]);
  });
});
