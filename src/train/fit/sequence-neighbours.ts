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
  const findWithin = (row: number) => {
    const found = new Set<number>();
    for (const member of groupOf(row) ?? [row])
      for (const other of reach(member)) for (const each of groupOf(other) ?? [other]) if (isPublic(each)) found.add(each);
    found.delete(row);
    return isPublic(row) ? found : new Set<number>();
  };
  const likingOf = (other: number) => popularityPower * Math.log(Math.max(1, popularity[other] ?? 1));
  const nearnessOf = (row: number, other: number) => SHARPNESS * (cosineOf(embeddings, dim, [row, other]) - 1) + likingOf(other);
  return (row, into) => {
    const near = [...findWithin(row)].map((other) => ({ other, nearness: nearnessOf(row, other) }));
    near.sort((a, b) => b.nearness - a.nearness || a.other - b.other);
    near.length = Math.min(near.length, neighbours);
    const weights = near.map(({ nearness }) => Math.exp(nearness));
    const unit = strength(row) / weights.reduce((sum, weight) => sum + weight, 0);
    const found = new Set(near.map(({ other }) => other));
    near.forEach(({ other }, i) => {
      into[other] = (weights[i] as number) * unit;
    });
    for (let e = supported.starts[row] as number; e < (supported.starts[row + 1] as number); e++) {
      const other = supported.rows[e] as number;
      into[other] = (found.has(other) ? (into[other] as number) : 0) + (supported.weights[e] as number);
      found.add(other);
    }
    return found;
  };
}

/** Creates the function that finds the rows within two edges of a row, without it. */
export function reachOf({ starts, rows }: NeighbourTable): (row: number) => ReadonlySet<number> {
  return (row) => {
    const found = new Set<number>();
    for (let e = starts[row] as number; e < (starts[row + 1] as number); e++) {
      const between = rows[e] as number;
      found.add(between);
      for (let f = starts[between] as number; f < (starts[between + 1] as number); f++) found.add(rows[f] as number);
    }
    found.delete(row);
    return found;
  };
}

export function cosineOf(embeddings: Float32Array, dim: number, [a, b]: readonly [number, number]): number {
  let dot = 0;
  for (let d = 0; d < dim; d++) dot += (embeddings[a * dim + d] as number) * (embeddings[b * dim + d] as number);
  return dot;
}
