// In: sessions, and which rows share a vector. Out: counted edges behind each of which stand enough visitors, alone or pooled. Runs in Node.
import type { NeighbourTable } from '../../core/model/neighbour-table.js';
import { createCooccurrence, SESSION_COOCCURRENCE } from './cooccurrence.js';
import { createPool, type UnitEdges } from './edge-pool.js';
import type { ItemSessions } from './item-sessions.js';
import type { WeighNeighbours } from './neighbour-builder.js';
import { createNearest } from './sequence-neighbours.js';
import { createStrongestFirst } from './strongest-first.js';
import { visitorsOfRows } from './support.js';

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
  /** weighs what is counted, default: by near steps. @param counts `[count + 1]` sessions that touched a row */
  weighOf?: ((sessions: ItemSessions, counts: Uint32Array) => WeighNeighbours) | undefined;
}

/** Edges of a row, where no more are asked for. */
export const MOST_EDGES = 40;

const byNearSteps = (sessions: ItemSessions, counts: Uint32Array) => createCooccurrence(sessions, counts, SESSION_COOCCURRENCE);

/** Rows as they are counted. */
interface Units {
  /** `[count + 1]` the first row of a row's group, or the row itself; 0 where it is not counted */
  readonly unitOf: Uint32Array;
  /** the rows of a unit, by its first */
  readonly rowsOf: ReadonlyMap<number, readonly number[]>;
}

/**
 * Weighs which rows go together in sessions. An edge whose ends too few visitors had shares the mean weight of the row's edges of about
 * its weight, whose ends together enough visitors had; what finds none is left out. So `minSupport` visitors who had what it speaks of stand
 * behind each weight; that an edge is there tells no more than that somebody had both.
 *
 * @see Domingo-Ferrer & Mateo-Sanz 2002, https://doi.org/10.1109/69.979982 (microaggregation)
 */
export function poolEdges(sessions: ItemSessions, pooling: EdgePooling): NeighbourTable {
  const { count, neighbours = 0, weighOf = byNearSteps } = pooling;
  const most = Math.max(MOST_EDGES, neighbours);
  const units = toUnits(pooling);
  const { sessions: counted, counts } = countUnits(sessions, units, count);
  const weigh = weighOf(counted, counts);
  const rank = createStrongestFirst(count);
  const weights = new Float32Array(count + 1);
  const edges: UnitEdges = { starts: new Uint32Array(count + 2), ends: [], weights: [] };
  const pool = createPool(visitorsOfRows(counted, count), { ...pooling, most, edges });
  for (let row = 1; row <= count; row++) {
    if (units.unitOf[row] === row) pool(row, rank(weigh(row, weights), weights), weights);
    edges.starts[row + 1] = edges.ends.length;
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

/** What leads to a unit leads to each of its rows, with a part of the weight; its rows lead where it does. */
function toTable(edges: UnitEdges, { unitOf, rowsOf }: Units, most: number): NeighbourTable {
  const count = unitOf.length - 1;
  const table = {
    starts: new Uint32Array(count + 2),
    rows: new Uint32Array(count * most),
    weights: new Float32Array(count * most),
  };
  const heaviest = createNearest(most);
  let at = 0;
  for (let row = 1; row <= count; row++) {
    heaviest.clear();
    const unit = unitOf[row] as number;
    for (let e = edges.starts[unit] as number; e < (edges.starts[unit + 1] as number); e++) {
      const rows = rowsOf.get(edges.ends[e] as number) as readonly number[];
      for (const other of rows) heaviest.offer(other, (edges.weights[e] as number) / rows.length);
    }
    const { rows, nearness } = heaviest.found();
    table.rows.set(rows, at);
    table.weights.set(nearness, at);
    at += rows.length;
    table.starts[row + 1] = at;
  }
  return { ...table, rows: table.rows.slice(0, at), weights: table.weights.slice(0, at) };
}
