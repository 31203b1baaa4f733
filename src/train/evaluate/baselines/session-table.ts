import type { FitData } from './baseline.js';
import { buildSparseTable, type SparseTable } from './sparse-table.js';

/** Pairs further apart than this say nothing: their weight is under a hundredth. */
const MAX_GAP = 15;
const GAP_SCALE = 3;
const BACKWARD = 0.8;
const SOURCE_POWER = 0.75;
const TARGET_POWER = 0.1;

/** Counts which items are looked at near each other, newer and shorter sessions and nearer pairs counting more. */
export function fitSessionTable({ sets, log, range }: FitData): SparseTable {
  const { from, to } = range;
  const [begin = 0, end = 0] = [log.startedAt[from], log.startedAt[to - 1]];
  const halfLife = Math.max(1, (end - begin) / 2);
  const steps = Array.from({ length: to - from }, (_, s) => stepsOf(log.item, log.sessionStarts, from + s));
  const weights = steps.map((items, s) => items.length ** -0.5 * 0.5 ** ((end - (log.startedAt[from + s] as number)) / halfLife));
  return buildSparseTable(sets.itemIds.length, (item, into) => {
    const touched: number[] = [];
    const sessions = sets.sessionsOf(item);
    for (const session of sessions) {
      const items = steps[session] as Uint32Array;
      for (let at = items.indexOf(item); at !== -1; at = items.indexOf(item, at + 1)) {
        const last = Math.min(items.length - 1, at + MAX_GAP);
        for (let other = Math.max(0, at - MAX_GAP); other <= last; other++) {
          const target = items[other] as number;
          if (target === item) continue;
          const near = Math.exp(-(Math.abs(other - at) - 1) / GAP_SCALE) * (other < at ? BACKWARD : 1);
          if (into[target] === 0) touched.push(target);
          into[target] = (into[target] as number) + near * (weights[session] as number);
        }
      }
    }
    const own = sessions.length ** -SOURCE_POWER;
    for (const target of touched) {
      into[target] = (into[target] as number) * own * sets.sessionsOf(target).length ** -TARGET_POWER;
    }
    return touched;
  });
}

/** A session's items; one repeated at once stands here once. */
function stepsOf(item: Uint32Array, starts: Uint32Array, session: number): Uint32Array {
  const items = item.subarray(starts[session], starts[session + 1]);
  return items.filter((each, i) => i === 0 || each !== items[i - 1]);
}
