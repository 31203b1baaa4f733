// In: vectors and who touched which row. Out: groups of like rows that together enough visitors touched. Runs in Node.
import type { NeighbourTable } from '../../core/model/neighbour-table.js';
import { cosineOf, createNearest, reachOf } from './sequence-neighbours.js';
import { createTouchCheck, eachHasItsOwn, type RowVisitors, visitorsOf } from './support.js';

export interface RareGrouping {
  readonly dim: number;
  /** rows within two edges of each other are compared first */
  readonly graph: NeighbourTable;
  readonly visitors: RowVisitors;
  /** visitors that a group needs */
  readonly minSupport: number;
}

/** `[count + 1]` the group of a row, itself in it; undefined where it needs or finds none */
export type RareGroups = readonly (readonly number[] | undefined)[];

/** Neighbours less alike than this (cosine) look for nearer ones elsewhere first. */
const LEAST_COSINE = 0.3;
/** Rows less alike than this have nothing in common. */
const LAST_COSINE = 0.1;
/** A larger group is a shelf, and tells its items apart no more. */
const MOST_ROWS = 10;
/** A row may join its nearest so many: of a large catalogue all pairs would fill the memory. */
const MOST_PAIRS = 32;
/** Pairs of the whole catalogue that are compared: a few seconds. Of a larger one, what is left is compared to its more popular rare rows alone. */
const MOST_COMPARED = 100_000_000;
/** The same two of groups that form around the popular. */
const LEAST_OF_POPULAR = 0.5;
const MOST_OF_POPULAR = 8;

interface Group {
  readonly rows: readonly number[];
  readonly visitors: ReadonlySet<number>;
}

type Pair = readonly [cosine: number, row: number, other: number];

/**
 * Groups the rows that too few visitors touched, the most alike first, until enough visitors stand behind each group. What is left then joins
 * the group most like it, wherever it lies. Each row of a group has a visitor that none of the others has: two rows of the same few visitors
 * with one vector would tell that those had both.
 *
 * @param embeddings `[count + 1, dim]` unit vectors @see Domingo-Ferrer & Mateo-Sanz 2002, https://doi.org/10.1109/69.979982 (microaggregation)
 */
export function groupNearestFirst(embeddings: Float32Array, grouping: RareGrouping): RareGroups {
  const { dim, graph, visitors, minSupport } = grouping;
  const hasOwn = createTouchCheck(visitors, minSupport);
  const groups = Array.from<Group | undefined>({ length: embeddings.length / dim });
  for (let row = 1; row < groups.length; row++) {
    const own = visitorsOf(visitors, row);
    if (own.length > 0 && !hasOwn(row)) groups[row] = { rows: [row], visitors: new Set(own) };
  }
  const rare = Uint32Array.from(groups.flatMap((group) => group?.rows ?? []));
  const isEnough = (group: Group) => group.visitors.size >= minSupport;
  const nearest = createNearest(MOST_PAIRS);
  const compare = (row: number, others: ArrayLike<number>, least: number): Pair[] => {
    nearest.clear();
    for (let i = 0; i < others.length; i++) {
      const other = others[i] as number;
      if (other === row || groups[other] === undefined) continue;
      const cosine = cosineOf(embeddings, dim, [row, other]);
      if (cosine >= least) nearest.offer(other, cosine);
    }
    const { rows, nearness } = nearest.found();
    return Array.from(rows, (other, i): Pair => [nearness[i] as number, row, other]);
  };
  const within = reachOf(graph);
  const near = Array.from(rare, (row) => compare(row, within(row), LEAST_COSINE)).flat();
  const join = (pairs: Pair[], mayJoin: (a: Group, b: Group) => boolean) => joinNearest(groups, pairs, { visitors, mayJoin });
  join(near, (a, b) => !isEnough(a) && !isEnough(b));
  const left = rare.filter((row) => !isEnough(groups[row] as Group));
  const elsewhere = rare.subarray(0, Math.ceil(MOST_COMPARED / Math.max(1, left.length)));
  const far = Array.from(left, (row) => compare(row, elsewhere, LAST_COSINE)).flat();
  join(far, (a, b) => !isEnough(a) || !isEnough(b));
  return groups.map((group) => (group && isEnough(group) ? group.rows : undefined));
}

interface Joining {
  readonly visitors: RowVisitors;
  mayJoin(a: Group, b: Group): boolean;
}

/** Joins groups along the pairs, the nearest first, where both may and each row keeps a visitor of its own. */
function joinNearest(groups: (Group | undefined)[], pairs: Pair[], { visitors, mayJoin }: Joining): void {
  for (const [, row, other] of pairs.sort(byNearness)) {
    const [a, b] = [groups[row] as Group, groups[other] as Group];
    if (a === b || a.rows.length + b.rows.length > MOST_ROWS || !mayJoin(a, b)) continue;
    const joined = { rows: [...a.rows, ...b.rows], visitors: new Set([...a.visitors, ...b.visitors]) };
    if (!eachHasItsOwn(joined.rows.map((each) => visitorsOf(visitors, each)))) continue;
    for (const each of joined.rows) groups[each] = joined;
  }
}

function byNearness([a, ofA, toA]: Pair, [b, ofB, toB]: Pair): number {
  return b - a || ofA - ofB || toA - toB;
}

/** Groups from the most popular row on, each with the rows most like it that have no group yet; what finds no like rows has none. What is returned: as of `groupNearestFirst`. */
export function groupPopularFirst(embeddings: Float32Array, { dim, graph, visitors, minSupport }: RareGrouping): RareGroups {
  const hasOwn = createTouchCheck(visitors, minSupport);
  const findWithin = reachOf(graph);
  const groups = Array.from<readonly number[] | undefined>({ length: embeddings.length / dim });
  for (let row = 1; row < groups.length; row++) {
    if (hasOwn(row) || groups[row] !== undefined) continue;
    const near = [...findWithin(row)]
      .filter((other) => !hasOwn(other) && groups[other] === undefined)
      .map((other) => ({ other, cosine: cosineOf(embeddings, dim, [row, other]) }))
      .filter(({ cosine }) => cosine >= LEAST_OF_POPULAR)
      .sort((a, b) => b.cosine - a.cosine || a.other - b.other);
    const group = [row];
    const seen = new Set(visitorsOf(visitors, row));
    for (const { other } of near) {
      if (seen.size >= minSupport || group.length === MOST_OF_POPULAR) break;
      const added = visitorsOf(visitors, other).filter((visitor) => !seen.has(visitor));
      // Two rows of the same few visitors with one vector would tell that those had both.
      if (added.length === 0) continue;
      group.push(other);
      for (const visitor of added) seen.add(visitor);
    }
    if (seen.size >= minSupport) for (const member of group) groups[member] = group;
  }
  return groups;
}
