import type { NeighbourTable } from '../../core/model/neighbour-table.js';
import type { WeighNeighbours } from './neighbour-builder.js';

export interface SequenceNeighbours {
  /** `[count + 1, dim]` unit vectors */
  readonly embeddings: Float32Array;
  readonly dim: number;
  /** items within two edges of each other are compared */
  readonly graph: NeighbourTable;
  /** edges that enough visitors walked; their weights are added */
  readonly supported: NeighbourTable;
  /** nearest items of one item */
  readonly neighbours: number;
  /** what a row's nearest items weigh together */
  strength(row: number): number;
  /** `[count + 1]` counts of the rows, and the power of them that multiplies e^(sharpness · cosine), default 0 */
  readonly popularity?: ArrayLike<number> | undefined;
  readonly popularityPower?: number | undefined;
  /** rows that share one vector: what one of them reaches all reach, and who reaches one reaches all */
  groupOf?: ((row: number) => readonly number[] | undefined) | undefined;
  /** rows without a vector have no nearest items and are nobody's, default: all have one */
  isPublic?: ((row: number) => boolean) | undefined;
}

/** How much nearer counts for more: weight ∝ e^(this · cosine). */
const SHARPNESS = 6;

/**
 * Weighs a row's neighbours by the nearness of their vectors, which all sessions made together, and by the edges that enough visitors
 * walked. So an item that few have seen has neighbours too.
 */
export function createSequenceNeighbours({
  embeddings,
  dim,
  graph,
  supported,
  neighbours,
  strength,
  popularity = [],
  popularityPower = 0,
  groupOf = () => undefined,
  isPublic = () => true,
}: SequenceNeighbours): WeighNeighbours {
  const reach = reachOf(graph);
  const within = createRowSet(graph.starts.length - 1);
  const addGroup = (row: number) => {
    const group = groupOf(row);
    if (group === undefined) {
      if (isPublic(row)) within.add(row);
    } else for (const each of group) if (isPublic(each)) within.add(each);
  };
  const findWithin = (row: number): Uint32Array => {
    within.clear();
    if (!isPublic(row)) return within.rows();
    within.bar(row);
    for (const member of groupOf(row) ?? [row]) for (const other of reach(member)) addGroup(other);
    return within.rows();
  };
  const liking = Float64Array.from(
    { length: graph.starts.length - 1 },
    (_, row) => popularityPower * Math.log(Math.max(1, popularity[row] ?? 1)),
  );
  const nearest = createNearest(neighbours);
  const found = createRowSet(graph.starts.length - 1);
  return (row, into) => {
    nearest.clear();
    for (const other of findWithin(row)) {
      nearest.offer(other, SHARPNESS * (cosineOf(embeddings, dim, [row, other]) - 1) + (liking[other] as number));
    }
    found.clear();
    const { rows, weights } = nearest.weigh(strength(row));
    rows.forEach((other, i) => {
      into[other] = weights[i] as number;
      found.add(other);
    });
    for (let e = supported.starts[row] as number; e < (supported.starts[row + 1] as number); e++) {
      const other = supported.rows[e] as number;
      into[other] = (found.has(other) ? (into[other] as number) : 0) + (supported.weights[e] as number);
      found.add(other);
    }
    return found.rows();
  };
}

/** Keeps the rows of largest nearness, ties to the more popular; typed arrays, as hundreds are offered for every row of a catalogue. */
export function createNearest(most: number) {
  const rows = new Uint32Array(most);
  const nearness = new Float64Array(most);
  let size = 0;
  const isBefore = (place: number, row: number, value: number) =>
    (nearness[place] as number) > value || (nearness[place] === value && (rows[place] as number) < row);
  return {
    clear(): void {
      size = 0;
    },
    offer(row: number, value: number): void {
      if (size === most && (most === 0 || isBefore(most - 1, row, value))) return;
      let place = size < most ? size++ : most - 1;
      for (; place > 0 && !isBefore(place - 1, row, value); place--) {
        rows[place] = rows[place - 1] as number;
        nearness[place] = nearness[place - 1] as number;
      }
      rows[place] = row;
      nearness[place] = value;
    },
    /** The rows, nearest first, until the next is offered. */
    found: () => ({ rows: rows.subarray(0, size), nearness: nearness.subarray(0, size) }),
    /** The rows, nearest first, and weights ∝ e^nearness that add up to `strength`. */
    weigh(strength: number): { readonly rows: Uint32Array; readonly weights: Float64Array } {
      const weights = nearness.slice(0, size).map(Math.exp);
      const unit = strength / weights.reduce((sum, weight) => sum + weight, 0);
      return { rows: rows.subarray(0, size), weights: weights.map((weight) => weight * unit) };
    },
  };
}

/** Creates the function that finds the rows within two edges of a row, without it; what it returns holds until it is asked again. */
export function reachOf({ starts, rows }: NeighbourTable): (row: number) => Uint32Array {
  const found = createRowSet(starts.length - 1);
  return (row) => {
    found.clear();
    found.bar(row);
    for (let e = starts[row] as number; e < (starts[row + 1] as number); e++) {
      const between = rows[e] as number;
      found.add(between);
      for (let f = starts[between] as number; f < (starts[between + 1] as number); f++) found.add(rows[f] as number);
    }
    return found.rows();
  };
}

/** A set of rows that is emptied at once. @param count one more than the largest row */
function createRowSet(count: number) {
  const list = new Uint32Array(count);
  const addedIn = new Uint32Array(count);
  let [size, round] = [0, 1];
  return {
    clear(): void {
      size = 0;
      round++;
    },
    has: (row: number) => addedIn[row] === round,
    add(row: number): void {
      if (addedIn[row] === round) return;
      addedIn[row] = round;
      list[size++] = row;
    },
    /** Keeps a row that is not in the set out of it. */
    bar(row: number): void {
      addedIn[row] = round;
    },
    /** in the order in which they were added; until the set is emptied */
    rows: () => list.subarray(0, size),
  };
}

export function cosineOf(embeddings: Float32Array, dim: number, [a, b]: readonly [number, number]): number {
  let dot = 0;
  for (let d = 0; d < dim; d++) dot += (embeddings[a * dim + d] as number) * (embeddings[b * dim + d] as number);
  return dot;
}
