import { encodeNeighbours, type NeighbourTable } from '../../core/model/neighbour-table.js';

export interface NeighbourLimits {
  /** items, without row 0 */
  readonly count: number;
  /** most neighbours kept of one item */
  readonly neighbours: number;
  /** whether enough distinct visitors had both rows */
  isSupported(row: number, other: number): boolean;
}

/** Fills `into[1…count]` with a row's weight for every other row and returns the rows that it set. */
export type WeighNeighbours = (row: number, into: Float32Array) => Iterable<number>;

/** Keeps each row's strongest supported neighbours. The same weights always give the same table: ties go to the more popular row. */
export function buildNeighbours(limits: NeighbourLimits, weigh: WeighNeighbours): NeighbourTable {
  const { count, neighbours } = limits;
  const starts = new Uint32Array(count + 2);
  const rows = new Uint32Array(count * neighbours);
  const weights = new Float32Array(count * neighbours);
  const scratch = new Float32Array(count + 1);
  let at = 0;
  for (let row = 1; row <= count; row++) {
    const touched: number[] = [];
    for (const other of weigh(row, scratch)) if (other !== row && (scratch[other] as number) > 0) touched.push(other);
    touched.sort((a, b) => (scratch[b] as number) - (scratch[a] as number) || a - b);
    const begin = at;
    for (const other of touched) {
      if (at - begin === neighbours) break;
      if (!limits.isSupported(row, other)) continue;
      rows[at] = other;
      weights[at++] = scratch[other] as number;
    }
    starts[row + 1] = at;
  }
  return { starts, rows: rows.slice(0, at), weights: weights.slice(0, at) };
}

/** Marks the edges that too few visitors support as folded: nobody may say of them that the two are often bought together. */
export function markUnsupported(table: NeighbourTable, isSupported: NeighbourLimits['isSupported']): NeighbourTable {
  const { starts, rows } = table;
  const folded = new Uint8Array(rows.length);
  for (let row = 1; row < starts.length - 1; row++) {
    for (let e = starts[row] as number; e < (starts[row + 1] as number); e++)
      folded[e] = isSupported(row, rows[e] as number) ? 0 : 1;
  }
  return folded.includes(1) ? { ...table, folded } : table;
}

/** Shortens every row's list until the table, as it ships, takes no more bytes than it may. */
export function trimToBytes(table: NeighbourTable, bytes: number): NeighbourTable {
  if (encodeNeighbours(table).length <= bytes) return table;
  // A longer list never takes fewer bytes: one more row splits a step of the Rice code in two that together are as long less 1.
  let [fits, exceeds] = [1, longest(table)];
  while (exceeds - fits > 1) {
    const most = (fits + exceeds) >> 1;
    if (encodeNeighbours(shorten(table, most)).length > bytes) exceeds = most;
    else fits = most;
  }
  return shorten(table, fits);
}

/** Power of popularity: an edge from a row that many ask counts more, one to a row that many others lead to less. */
const TRAFFIC_POWER = 0.4;
/** Popularity of a row that nobody touched, and of what was touched long ago. */
const LEAST_POPULARITY = 0.25;
/** Shares of the edges that are tried: a finer step is a few bytes. */
const STEPS = 1024;
/** A table that leaves no more of its bytes than this is good enough: to pack a large one takes a good part of a second. */
const SLACK = 0.002;

/**
 * Keeps the edges that answer most, until the table, as it ships, takes no more bytes than it may: those of most of their row's weight, from
 * rows that many ask, to rows that few others lead to. The strongest edge of each row stays.
 *
 * @param popularity `[count + 1]`
 */
export function trimByTraffic(table: NeighbourTable, bytes: number, popularity: ArrayLike<number>): NeighbourTable {
  if (encodeNeighbours(table).length <= bytes) return table;
  const { starts, rows, weights } = table;
  const traffic = Float64Array.from(popularity, (each) => Math.max(LEAST_POPULARITY, each) ** TRAFFIC_POWER);
  const worth = new Float64Array(rows.length);
  for (let row = 1; row < starts.length - 1; row++) {
    const [begin, end] = [starts[row] as number, starts[row + 1] as number];
    const sum = weights.subarray(begin, end).reduce((total, weight) => total + weight, 0);
    for (let e = begin; e < end; e++)
      worth[e] = ((weights[e] as number) * (traffic[row] as number)) / (sum * (traffic[rows[e] as number] as number));
    worth[begin] = Number.POSITIVE_INFINITY;
  }
  const falling = worth.slice().sort().reverse();
  const cut = (steps: number) => {
    const least = falling[Math.floor((steps * (falling.length - 1)) / STEPS)] as number;
    return keepEdges(table, (_, edge) => (worth[edge] as number) >= least);
  };
  const sizeOf = (steps: number) => encodeNeighbours(cut(steps)).length;
  let [fits, exceeds] = [0, STEPS];
  let [least, most] = [sizeOf(fits), sizeOf(exceeds)];
  for (let round = 0; exceeds - fits > 1 && bytes - least > SLACK * bytes; round++) {
    // In turn where a straight line would meet the bytes, and the middle, as lines alone can close in from one side.
    const share = round % 2 === 0 ? (bytes - least) / (most - least) : 0.5;
    const steps = Math.min(exceeds - 1, Math.max(fits + 1, Math.round(fits + share * (exceeds - fits))));
    const size = sizeOf(steps);
    if (size > bytes) [exceeds, most] = [steps, size];
    else [fits, least] = [steps, size];
  }
  return cut(fits);
}

function longest({ starts }: NeighbourTable): number {
  return starts.reduce((most, start, i) => Math.max(most, start - (starts[i - 1] ?? 0)), 0);
}

function shorten(table: NeighbourTable, most: number): NeighbourTable {
  return keepEdges(table, (row, edge) => edge - (table.starts[row] as number) < most);
}

function keepEdges(table: NeighbourTable, isKept: (row: number, edge: number) => boolean): NeighbourTable {
  const { starts, rows, weights, folded } = table;
  const kept = new Uint32Array(rows.length);
  const shorter = new Uint32Array(starts.length);
  let at = 0;
  for (let row = 1; row < starts.length - 1; row++) {
    for (let edge = starts[row] as number; edge < (starts[row + 1] as number); edge++) if (isKept(row, edge)) kept[at++] = edge;
    shorter[row + 1] = at;
  }
  const edges = kept.subarray(0, at);
  const pick = (from: { readonly [edge: number]: number }) => (edge: number) => from[edge] as number;
  return {
    starts: shorter,
    rows: edges.map(pick(rows)),
    weights: Float32Array.from(edges, pick(weights)),
    ...(folded && { folded: Uint8Array.from(edges, pick(folded)) }),
  };
}
