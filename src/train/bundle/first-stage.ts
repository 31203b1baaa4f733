// In: a bundle's tables. Out: the part of them that a first slate takes, small enough for a slow phone to have it within a second.
import type { ItemColumns } from '../../core/model/item-facts.js';
import type { NeighbourTable } from '../../core/model/neighbour-table.js';

/** Neighbours kept of an item: of the hits@4 of whole lists, 4 keep a sixth less, 8 no fewer (docs/decisions/0034). */
const NEIGHBOURS = 4;
/** The same of the less popular half, which is seldom in a cart: hits@4 are the same with as many, and with 4. */
const NEIGHBOURS_OF_RARE = 2;
/** Items that may be suggested. */
const CARDS = 1_000;
/** Of these, the most popular, for a cart of which nothing is known. */
const POPULAR_CARDS = 24;
/** Places of a list that say how often an item is suggested. */
const PLACES = 12;
/** What an item that nobody buys has of the say of the most popular. */
const LEAST_SAY = 0.05;

export interface FirstStage {
  readonly neighbours: NeighbourTable;
  /** the rows with cards, ascending: every neighbour, and what is most popular */
  readonly rows: readonly number[];
}

/** Picks the items that are suggested most, and of every item the strongest neighbours among them. */
export function pickFirstStage(table: NeighbourTable, columns: ItemColumns): FirstStage {
  const isWorthy = mostSuggested(table, columns);
  const neighbours = strongestAmong(table, isWorthy);
  const popular = Array.from({ length: columns.count }, (_, i) => i + 1).filter((row) => columns.available[row]);
  const rows = new Set([...neighbours.rows, ...popular.slice(0, POPULAR_CARDS)]);
  return { neighbours, rows: [...rows].sort((a, b) => a - b) };
}

/** @returns whether a row is one of the most suggested, by the weights of the edges to it and how many buy what suggests it */
function mostSuggested({ starts, rows, weights }: NeighbourTable, columns: ItemColumns): (row: number) => boolean {
  const sums = new Float64Array(columns.count + 1);
  for (let row = 1; row <= columns.count; row++) {
    const say = LEAST_SAY + (columns.popularity[row] as number) / 255;
    const from = starts[row] as number;
    for (let edge = from; edge < Math.min(from + PLACES, starts[row + 1] as number); edge++) {
      const to = rows[edge] as number;
      sums[to] = (sums[to] as number) + say * (weights[edge] as number);
    }
  }
  const candidates = [...sums.keys()].filter((row) => sums[row] && columns.available[row]);
  const best = candidates.sort((a, b) => (sums[b] as number) - (sums[a] as number) || a - b).slice(0, CARDS);
  const chosen = new Set(best);
  return (row) => chosen.has(row);
}

function strongestAmong(table: NeighbourTable, isWorthy: (row: number) => boolean): NeighbourTable {
  const { starts, rows, weights, folded } = table;
  const edges: number[] = [];
  const newStarts = new Uint32Array(starts.length);
  for (let row = 1; row + 1 < starts.length; row++) {
    const most = 2 * row < starts.length ? NEIGHBOURS : NEIGHBOURS_OF_RARE;
    let kept = 0;
    for (let edge = starts[row] as number; edge < (starts[row + 1] as number) && kept < most; edge++) {
      if (!isWorthy(rows[edge] as number)) continue;
      edges.push(edge);
      kept++;
    }
    newStarts[row + 1] = edges.length;
  }
  return {
    starts: newStarts,
    rows: Uint32Array.from(edges, (edge) => rows[edge] as number),
    weights: Float32Array.from(edges, (edge) => weights[edge] as number),
    ...(folded && { folded: Uint8Array.from(edges, (edge) => folded[edge] as number) }),
  };
}
