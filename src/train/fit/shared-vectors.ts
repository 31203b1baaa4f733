import type { NeighbourTable } from '../../core/model/neighbour-table.js';
import { cosineOf, reachOf } from './sequence-neighbours.js';
import { createTouchCheck, type RowVisitors } from './support.js';

/** Item vectors of which each was made by enough visitors. */
export interface SharedVectors {
  /** `[count + 1, dim]` a row's own, where enough visitors touched it; else the mean of its group; zeros where it has none */
  readonly embeddings: Float32Array;
  /** whether a row has a vector */
  isPublic(row: number): boolean;
  /** the rows that share a row's vector, itself among them; undefined where it has its own, or none */
  groupOf(row: number): readonly number[] | undefined;
}

export interface VectorSharing {
  readonly dim: number;
  /** rows within two edges of each other may share a vector */
  readonly graph: NeighbourTable;
  readonly visitors: RowVisitors;
  /** visitors that a vector needs */
  readonly minSupport: number;
}

/** Rows less alike than this (cosine) share nothing: their mean would say nothing of either. */
const LEAST_COSINE = 0.5;
/** A larger group is a shelf, and tells its items apart no more. */
const MOST_ROWS = 8;

/**
 * Groups rows that too few visitors touched with the most alike of their kind until enough did, and gives each the mean of its group. So
 * what can be read from a vector is never what fewer than `minSupport` visitors did; what finds no group has none.
 *
 * @param embeddings `[count + 1, dim]` unit vectors, left as they are
 * @see Domingo-Ferrer & Mateo-Sanz 2002, https://doi.org/10.1109/69.979982 (microaggregation)
 */
export function shareVectors(embeddings: Float32Array, sharing: VectorSharing): SharedVectors {
  const { dim, visitors, minSupport } = sharing;
  const hasOwn = createTouchCheck(visitors, minSupport);
  const groups = groupRows(embeddings, sharing);
  const shared = embeddings.slice();
  for (let row = 1; row < shared.length / dim; row++) {
    if (hasOwn(row)) continue;
    const mean = shared.subarray(row * dim, (row + 1) * dim).fill(0);
    // each visitor counts alike
    for (const member of groups[row] ?? [])
      addRow(mean, embeddings, { row: member, factor: visitorsOf(visitors, member).length });
    toUnit(mean);
  }
  return { embeddings: shared, isPublic: (row) => hasOwn(row) || groups[row] !== undefined, groupOf: (row) => groups[row] };
}

/** Groups from the most popular row on, each with the rows most like it that have no group yet. @returns `[count + 1]` a row's group */
function groupRows(
  embeddings: Float32Array,
  { dim, graph, visitors, minSupport }: VectorSharing,
): readonly (readonly number[] | undefined)[] {
  const hasOwn = createTouchCheck(visitors, minSupport);
  const findWithin = reachOf(graph);
  const groups = Array.from<readonly number[] | undefined>({ length: embeddings.length / dim });
  for (let row = 1; row < groups.length; row++) {
    if (hasOwn(row) || groups[row] !== undefined) continue;
    const near = [...findWithin(row)]
      .filter((other) => !hasOwn(other) && groups[other] === undefined)
      .map((other) => ({ other, cosine: cosineOf(embeddings, dim, [row, other]) }))
      .filter(({ cosine }) => cosine >= LEAST_COSINE)
      .sort((a, b) => b.cosine - a.cosine || a.other - b.other);
    const group = [row];
    const seen = new Set(visitorsOf(visitors, row));
    for (const { other } of near) {
      if (seen.size >= minSupport || group.length === MOST_ROWS) break;
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

function visitorsOf({ starts, visitors }: RowVisitors, row: number): Uint32Array {
  return visitors.subarray(starts[row], starts[row + 1]);
}

function addRow(into: Float32Array, from: Float32Array, { row, factor }: { row: number; factor: number }): void {
  const at = row * into.length;
  for (let d = 0; d < into.length; d++) into[d] = (into[d] as number) + factor * (from[at + d] as number);
}

function toUnit(vector: Float32Array): void {
  const norm = Math.hypot(...vector);
  if (norm > 0) for (let d = 0; d < vector.length; d++) vector[d] = (vector[d] as number) / norm;
}
