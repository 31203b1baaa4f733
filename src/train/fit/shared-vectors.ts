import type { RareGroups, RareGrouping } from './rare-groups.js';
import { createTouchCheck, visitorsOf } from './support.js';

/** Item vectors of which each was made by enough visitors. */
export interface SharedVectors {
  /** `[count + 1, dim]` a row's own, where enough visitors touched it; else the mean of its group; zeros where it has none */
  readonly embeddings: Float32Array;
  /** whether a row has a vector */
  isPublic(row: number): boolean;
  /** the rows that share a row's vector, itself among them; undefined where it has its own, or none */
  groupOf(row: number): readonly number[] | undefined;
}

export interface VectorSharing extends RareGrouping {
  /** groups rows that too few visitors touched with their like until enough did */
  groupRows(embeddings: Float32Array, grouping: RareGrouping): RareGroups;
}

/**
 * Gives each row that too few visitors touched the mean vector of its group. So what can be read from a vector is never what fewer than
 * `minSupport` visitors did; what finds no group has none.
 *
 * @param embeddings `[count + 1, dim]` unit vectors, left as they are
 * @see Domingo-Ferrer & Mateo-Sanz 2002, https://doi.org/10.1109/69.979982 (microaggregation)
 */
export function shareVectors(embeddings: Float32Array, sharing: VectorSharing): SharedVectors {
  const { dim, visitors, minSupport } = sharing;
  const hasOwn = createTouchCheck(visitors, minSupport);
  const groups = sharing.groupRows(embeddings, sharing);
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

function addRow(into: Float32Array, from: Float32Array, { row, factor }: { row: number; factor: number }): void {
  const at = row * into.length;
  for (let d = 0; d < into.length; d++) into[d] = (into[d] as number) + factor * (from[at + d] as number);
}

function toUnit(vector: Float32Array): void {
  const norm = Math.hypot(...vector);
  if (norm > 0) for (let d = 0; d < vector.length; d++) vector[d] = (vector[d] as number) / norm;
}
