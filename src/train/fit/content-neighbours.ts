// In: a co-purchase table and what the items are. Out: the table with the items in it that too few have bought. Node, main thread.
import type { NeighbourTable } from '../../core/model/neighbour-table.js';
import type { ContentVectors, SimilarRow } from './content-vectors.js';

export interface ContentFold {
  readonly vectors: ContentVectors;
  /** `[count + 1]` sessions that touched the row */
  readonly sessions: ArrayLike<number>;
  /** sessions that an edge of the table needs at least: so many teach nothing yet */
  readonly minSupport: number;
  /** most neighbours of a row, folded ones among them */
  readonly neighbours: number;
  /** whether one row repeats the other: what is like a cart's item but for its colour completes nothing */
  isNearDuplicate(row: number, other: number): boolean;
  /** 0–1, default that of Online Retail's validation: how much a row that few have bought weighs in the lists of others */
  readonly strength?: number;
  /** rows that the shop itself says go with a row */
  readonly accessories?: ReadonlyMap<number, readonly number[]>;
}

// Chosen by masked baskets of the last fifth of Online Retail's training sessions, for all hidden items and for items made cold.
export const CONTENT_STRENGTH = 0.5;
/** An item with this many sessions beyond `minSupport` is trusted half by content, half by its own co-purchases. */
const HALF_TRUST_SESSIONS = 10;
/** Less trust in content than this moves nothing. */
const LEAST_TRUST = 0.1;
/** Well-known items whose neighbours a row borrows, and how much the most similar of them count. */
const TEACHERS = 10;
const TEACHER_POWER = 3;
/** Similar rows that are neighbours themselves, and what one just alike weighs beside a strong co-purchase. */
const LOOKALIKES = 30;
const LOOKALIKE_SHARE = 0.5;

/** Folded edges fill the lists of a table to this many edges an item, about 33 bytes: the last ones bring 0.003 of HR@20. */
const EDGES_AN_ITEM = 16;

/** A row's weights for other rows, while they are summed. */
type Sums = Map<number, number>;

/**
 * Folds content into a co-purchase table. A row that few sessions touched borrows the neighbours of the items most like it, stands
 * beside them in the lists of others, and has its lookalikes (not its near-duplicates) for neighbours; with more sessions its own
 * co-purchases take over.
 */
export function foldContent(table: NeighbourTable, fold: ContentFold): NeighbourTable {
  const count = table.starts.length - 2;
  const trust = trustInContent(table, fold);
  const sums = Array.from({ length: count + 1 }, (): Sums => new Map());
  const add = (row: number, other: number, weight: number) => {
    const into = sums[row] as Sums;
    if (row !== other && weight > 0) into.set(other, (into.get(other) ?? 0) + weight);
  };
  const scale = meanTopWeight(table);
  const strength = fold.strength ?? CONTENT_STRENGTH;
  const lists = listedBy(table);
  for (let row = 1; row <= count; row++) {
    const own = trust[row] as number;
    if (own === 0) continue;
    const similar = fold.vectors.similarTo(row);
    const lookalikes = similar.filter((other) => !fold.isNearDuplicate(row, other.row)).slice(0, LOOKALIKES);
    for (const { row: other, similarity } of lookalikes) {
      const weight = own * scale * LOOKALIKE_SHARE * similarity ** 2;
      add(row, other, weight);
      add(other, row, strength * weight);
    }
    for (const { row: teacher, weight } of teachersOf(similar, trust, own)) {
      eachEdge(table, teacher, (other, edge) => add(row, other, weight * edge));
      for (const { row: lister, weight: edge } of lists(teacher)) add(lister, row, strength * weight * edge);
    }
  }
  for (const [row, others] of fold.accessories ?? []) {
    const top = Math.max(0, ...(sums[row] as Sums).values());
    for (const other of others) add(row, other, top + scale);
  }
  return merge(table, sums, fold);
}

/** `[count + 1]` 1 for a row without co-purchases of its own, falling with its sessions to 0. */
function trustInContent({ starts }: NeighbourTable, { sessions, minSupport }: ContentFold): Float64Array {
  return Float64Array.from({ length: starts.length - 1 }, (_, row) => {
    if (row === 0) return 0;
    const telling = Math.max(0, (sessions[row] as number) - minSupport + 1);
    const trust = HALF_TRUST_SESSIONS / (telling + HALF_TRUST_SESSIONS);
    return trust < LEAST_TRUST ? 0 : trust;
  });
}

/** The best-known similar rows with their shares, which sum to the row's trust times its likeness to the most similar one. */
function teachersOf(similar: readonly SimilarRow[], trust: Float64Array, own: number): { row: number; weight: number }[] {
  const teachers = similar.filter(({ row }) => (trust[row] as number) < 0.5).slice(0, TEACHERS);
  const total = teachers.reduce((sum, { similarity }) => sum + similarity ** TEACHER_POWER, 0);
  const top = teachers[0]?.similarity ?? 0;
  return teachers.map(({ row, similarity }) => ({ row, weight: (own * top * similarity ** TEACHER_POWER) / total }));
}

function eachEdge({ starts, rows, weights }: NeighbourTable, row: number, visit: (other: number, weight: number) => void): void {
  for (let e = starts[row] as number; e < (starts[row + 1] as number); e++) visit(rows[e] as number, weights[e] as number);
}

/** A best seller is listed by half a catalogue: its strongest listers say what it goes with. */
const MOST_LISTERS = 50;

/** Who lists a row most strongly: the table read the other way round. */
function listedBy(table: NeighbourTable): (row: number) => readonly { row: number; weight: number }[] {
  const count = table.starts.length - 2;
  const lists: { row: number; weight: number }[][] = Array.from({ length: count + 1 }, () => []);
  for (let row = 1; row <= count; row++) eachEdge(table, row, (other, weight) => lists[other]?.push({ row, weight }));
  for (const list of lists) {
    list.sort((a, b) => b.weight - a.weight || a.row - b.row);
    list.length = Math.min(list.length, MOST_LISTERS);
  }
  return (row) => lists[row] ?? [];
}

/** What a strong edge weighs in this table, 1 where it has none. */
function meanTopWeight({ starts, weights }: NeighbourTable): number {
  let sum = 0;
  let rows = 0;
  for (let row = 1; row < starts.length - 1; row++) {
    if (starts[row + 1] === starts[row]) continue;
    sum += weights[starts[row] as number] as number;
    rows++;
  }
  return rows === 0 ? 1 : sum / rows;
}

/** The longest list that folded edges may fill, so that the table keeps to its size. */
function longestFilled({ starts }: NeighbourTable, neighbours: number): number {
  const count = starts.length - 2;
  const edgesAt = (fill: number): number => {
    let edges = 0;
    for (let row = 1; row <= count; row++) edges += Math.max(fill, (starts[row + 1] as number) - (starts[row] as number));
    return edges;
  };
  let fill = neighbours;
  while (fill > 1 && edgesAt(fill) > EDGES_AN_ITEM * count) fill--;
  return fill;
}

/** Adds what was folded to the table's own edges and keeps each row's strongest; ties go to the more popular row. */
function merge(table: NeighbourTable, sums: readonly Sums[], fold: ContentFold): NeighbourTable {
  const { neighbours, isNearDuplicate, accessories } = fold;
  const count = table.starts.length - 2;
  const fill = longestFilled(table, neighbours);
  const starts = new Uint32Array(count + 2);
  const rows: number[] = [];
  const weights: number[] = [];
  const folded: number[] = [];
  for (let row = 1; row <= count; row++) {
    const all = new Map(sums[row] as Sums);
    const told = accessories?.get(row) ?? [];
    const bought = new Set<number>();
    eachEdge(table, row, (other, weight) => {
      bought.add(other);
      all.set(other, (all.get(other) ?? 0) + weight);
    });
    const end = rows.length + Math.min(neighbours, Math.max(fill, bought.size));
    for (const [other, weight] of [...all].sort(([a, x], [b, y]) => y - x || a - b)) {
      if (rows.length === end) break;
      if (!bought.has(other) && !told.includes(other) && isNearDuplicate(row, other)) continue;
      rows.push(other);
      weights.push(weight);
      folded.push(bought.has(other) ? 0 : 1);
    }
    starts[row + 1] = rows.length;
  }
  const merged = { starts, rows: Uint32Array.from(rows), weights: Float32Array.from(weights) };
  return folded.includes(1) ? { ...merged, folded: Uint8Array.from(folded) } : merged;
}
