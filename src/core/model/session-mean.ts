import type { ItemTable } from './item-table.js';

/** Steps that the mean of a session reads, newest first. */
export const MEAN_STEPS = 20;

/** Weight of the step that lies `distance` steps before the newest; fitted weights follow this on every log tried. */
export function meanWeight(distance: number): number {
  return (distance + 1) ** -1.5;
}

/**
 * Writes the direction of a session: the unit vector along the weighted sum of its items' embeddings. A step that repeats the one
 * before it counts once; rows ≤ 0 are unknown and skipped.
 *
 * @param rows oldest first @param into `[dim]`, for `scoreItems` to score: where the table's rows are unit vectors, by their cosine
 * @returns whether any item was known
 */
export function writeSessionMean(rows: ArrayLike<number>, { bytes, dim, scale, min }: ItemTable, into: Float32Array): boolean {
  into.fill(0);
  let distance = 0;
  let before = 0;
  for (let i = rows.length - 1; i >= 0 && distance < MEAN_STEPS; i--) {
    const row = rows[i] as number;
    if (row <= 0 || row === before) continue;
    before = row;
    const weight = meanWeight(distance++);
    for (let d = 0; d < dim; d++) into[d] = (into[d] as number) + weight * ((bytes[row * dim + d] as number) * scale + min);
  }
  const norm = Math.hypot(...into);
  if (norm === 0) return false;
  for (let d = 0; d < dim; d++) into[d] = (into[d] as number) / norm;
  return true;
}
