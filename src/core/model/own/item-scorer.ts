import type { ItemScorer } from '../session-scores.js';
import type { ItemTable } from '../item-table.js';
import type { PlacedTable } from './layer-site.js';
import type { Memory } from './memory.js';

/** Creates the function that scores a table's items by a vector; the table is read where the session model has it, if it does. */
export function createItemScorer(table: ItemTable, placed: readonly PlacedTable[], memory: Memory): ItemScorer {
  const { count, dim, scale, min, bytes } = table;
  const isTable = (other: PlacedTable): boolean =>
    other.count === count && other.dim === dim && other.scale === scale && other.min === min;
  const at = placed.find(isTable)?.at ?? memory.place(bytes);
  const query = memory.allocate(dim * 4);
  const into = memory.allocate((count + 4) * 4);
  return (vector) => {
    memory.floats().set(vector, query / 4);
    memory.kernels.score(at, count + 1, dim, query, scale, min, into);
    const scores = memory.floats().subarray(into / 4, into / 4 + count + 1);
    scores[0] = Number.NEGATIVE_INFINITY;
    return scores;
  };
}
