import type { ItemSessions } from '../../src/train/fit/item-sessions.js';

/** Sessions of one visitor each, or of the visitors that are named. */
export function sessionsOf(
  rows: readonly (readonly number[])[],
  visitors: readonly number[] = rows.map((_, i) => i),
): ItemSessions {
  const ones = new Float64Array(rows.length).fill(1);
  return {
    count: rows.length,
    starts: Uint32Array.from({ length: rows.length + 1 }, (_, i) => rows.slice(0, i).flat().length),
    rows: Uint32Array.from(rows.flat()),
    decay: ones,
    units: ones,
    visitors: Uint32Array.from(visitors),
  };
}
