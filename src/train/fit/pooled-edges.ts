// In: sessions, and which rows share a vector. Out: counted edges behind each of which stand enough visitors, alone or pooled. Runs in Node.
import type { NeighbourTable } from '../../core/model/neighbour-table.js';
import { createCooccurrence, SESSION_COOCCURRENCE } from './cooccurrence.js';
import type { ItemSessions } from './item-sessions.js';
import { eachHasItsOwn, type RowVisitors, visitorsOf, visitorsOfRows } from './support.js';

export interface EdgePooling {
  /** rows, without row 0 */
  readonly count: number;
  /** distinct visitors who had both ends of an edge, or those of the edges that share its weight */
  readonly minSupport: number;
  /** edges of a row that a table ships at most, default 40 */
  readonly neighbours?: number | undefined;
  /** rows that share a vector are counted as one, default: none do */
  groupOf?: ((row: number) => readonly number[] | undefined) | undefined;
  /** rows without a vector are not counted */
  isPublic(row: number): boolean;
}

/** Edges that share a weight, where so many have enough visitors: more would say nothing of any. */
const MOST_POOLED = 8;
/** Edges of a row, where no more are asked for. */
const MOST_EDGES = 40;

/** Rows as they are counted. */
interface Units {
  /** `[count + 1]` the first row of a row's group, or the row itself; 0 where it is not counted */
  readonly unitOf: Uint32Array;
  /** the rows of a unit, by its first */
  readonly rowsOf: ReadonlyMap<number, readonly number[]>;
}

type Weighted = readonly [row: number, weight: number];

/**
 * Counts which rows are near each other in sessions. An edge whose ends too few visitors had shares the mean weight of the row's edges of about
 * its weight, whose ends together enough visitors had; what finds none is left out. So `minSupport` visitors who had what it speaks of stand
 * behind each weight; that an edge is there tells no more than that somebody had both.
 *
 * @see Domingo-Ferrer & Mateo-Sanz 2002, https://doi.org/10.1109/69.979982 (microaggregation)
 */
export function poolEdges(sessions: ItemSessions, pooling: EdgePooling): NeighbourTable {
  const { count, neighbours = 0 } = pooling;
  const most = Math.max(MOST_EDGES, neighbours);
  const units = toUnits(pooling);
  const { sessions: counted, counts } = countUnits(sessions, units, count);
  const weigh = createCooccurrence(counted, counts, SESSION_COOCCURRENCE);
  const visitors = visitorsOfRows(counted, count);
  const share = createPool(visitors, { ...pooling, most });
  const weights = new Float32Array(count + 1);
  const edges = new Map<number, readonly Weighted[]>();
  for (const unit of units.rowsOf.keys()) {
    const found = [...weigh(unit, weights)].map((other): Weighted => [other, weights[other] as number]);
    edges.set(unit, share(unit, found.sort(byWeight)));
  }
  return toTable(edges, units, most);
}

function toUnits({ count, groupOf = () => undefined, isPublic }: EdgePooling): Units {
  const unitOf = new Uint32Array(count + 1);
  const rowsOf = new Map<number, number[]>();
  for (let row = 1; row <= count; row++) {
    if (!isPublic(row)) continue;
    const unit = Math.min(...(groupOf(row) ?? [row]));
    unitOf[row] = unit;
    const rows = rowsOf.get(unit);
    if (rows) rows.push(row);
    else rowsOf.set(unit, [row]);
  }
  return { unitOf, rowsOf };
}

/** The sessions in units, one repeated at once standing there once, and how many sessions have each. */
function countUnits(sessions: ItemSessions, { unitOf }: Units, count: number): { sessions: ItemSessions; counts: Uint32Array } {
  const starts = new Uint32Array(sessions.starts.length);
  const rows = new Uint32Array(sessions.rows.length);
  const counts = new Uint32Array(count + 1);
  const lastIn = new Int32Array(count + 1).fill(-1);
  let at = 0;
  for (let session = 0; session < sessions.count; session++) {
    const begin = at;
    for (let i = sessions.starts[session] as number; i < (sessions.starts[session + 1] as number); i++) {
      const unit = unitOf[sessions.rows[i] as number] as number;
      if (unit === 0 || (at > begin && rows[at - 1] === unit)) continue;
      rows[at++] = unit;
      if (lastIn[unit] !== session) counts[unit] = (counts[unit] as number) + 1;
      lastIn[unit] = session;
    }
    starts[session + 1] = at;
  }
  return { sessions: { ...sessions, starts, rows: rows.slice(0, at) }, counts };
}

type Shared = { readonly edge: Weighted; readonly shared: readonly number[] };

/** Creates the function that keeps the edges whose ends enough visitors had and pools the rest, heaviest first. @param limits `most`: edges of a row */
function createPool(visitors: RowVisitors, { minSupport, most }: { minSupport: number; most: number }) {
  const ofRow = new Uint32Array(visitors.visitorCount);
  const mostPooled = Math.max(MOST_POOLED, minSupport);
  /** The visitors of both, as many as an edge needs. */
  const sharedBy = (row: number, other: number): number[] => {
    const shared: number[] = [];
    for (const visitor of visitorsOf(visitors, other)) {
      if (ofRow[visitor] === row && shared.push(visitor) === minSupport) break;
    }
    return shared;
  };
  return (row: number, found: readonly Weighted[]): Weighted[] => {
    for (const visitor of visitorsOf(visitors, row)) ofRow[visitor] = row;
    const asked = found.map((edge): Shared => ({ edge, shared: sharedBy(row, edge[0]) }));
    const edges = asked.filter(({ shared }) => shared.length >= minSupport).map(({ edge }) => edge);
    let rest: readonly Shared[] = asked.filter(({ shared }) => shared.length < minSupport);
    while (rest.length > 0 && edges.length < most) {
      const { pool, left } = takePool(rest, { minSupport, mostPooled });
      if (pool.length === 0) break;
      const mean = pool.reduce((sum, { edge: [, weight] }) => sum + weight, 0) / pool.length;
      edges.push(...pool.map(({ edge: [other] }): Weighted => [other, mean]));
      rest = left;
    }
    return edges;
  };
}

/** Takes the heaviest edges of which each has a visitor of its own, until they have enough; none where they do not come to that. */
function takePool(rest: readonly Shared[], { minSupport, mostPooled }: { minSupport: number; mostPooled: number }) {
  const pool: Shared[] = [];
  const left: Shared[] = [];
  const seen = new Set<number>();
  for (const each of rest) {
    const isWanted = seen.size < minSupport && pool.length < mostPooled && each.shared.some((visitor) => !seen.has(visitor));
    if (!isWanted || !eachHasItsOwn([...pool, each].map(({ shared }) => shared))) left.push(each);
    else {
      pool.push(each);
      for (const visitor of each.shared) seen.add(visitor);
    }
  }
  return seen.size < minSupport ? { pool: [], left } : { pool, left };
}

/** What leads to a unit leads to each of its rows, with a part of the weight; its rows lead where it does. */
function toTable(edges: ReadonlyMap<number, readonly Weighted[]>, { unitOf, rowsOf }: Units, most: number): NeighbourTable {
  const starts = new Uint32Array(unitOf.length + 1);
  const kept: Weighted[] = [];
  for (let row = 1; row < unitOf.length; row++) {
    const own = (edges.get(unitOf[row] as number) ?? []).flatMap(([unit, weight]) => {
      const rows = rowsOf.get(unit) as readonly number[];
      return rows.map((other): Weighted => [other, weight / rows.length]);
    });
    for (const edge of own.sort(byWeight).slice(0, most)) kept.push(edge);
    starts[row + 1] = kept.length;
  }
  return { starts, rows: Uint32Array.from(kept, ([row]) => row), weights: Float32Array.from(kept, ([, weight]) => weight) };
}

function byWeight([a, weightOfA]: Weighted, [b, weightOfB]: Weighted): number {
  return weightOfB - weightOfA || a - b;
}
