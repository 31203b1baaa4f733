import type { ItemSessions } from './item-sessions.js';

/** Who touched what: the distinct visitors of each row, as compressed sparse rows, ascending. */
export interface RowVisitors {
  /** `[count + 2]` */
  readonly starts: Uint32Array;
  readonly visitors: Uint32Array;
  /** one more than the largest visitor number */
  readonly visitorCount: number;
}

/** Lists the distinct visitors of every row. */
export function visitorsOfRows(sessions: ItemSessions, count: number): RowVisitors {
  const order = Uint32Array.from({ length: sessions.count }, (_, i) => i);
  order.sort((a, b) => (sessions.visitors[a] as number) - (sessions.visitors[b] as number));
  const starts = new Uint32Array(count + 2);
  const walk = (visit: (row: number, visitor: number) => void) => {
    const last = new Int32Array(count + 1).fill(-1);
    for (const session of order) {
      const visitor = sessions.visitors[session] as number;
      for (let i = sessions.starts[session] as number; i < (sessions.starts[session + 1] as number); i++) {
        const row = sessions.rows[i] as number;
        if (last[row] === visitor) continue;
        last[row] = visitor;
        visit(row, visitor);
      }
    }
  };
  walk((row) => (starts[row + 1] = (starts[row + 1] as number) + 1));
  for (let row = 0; row <= count; row++) starts[row + 1] = (starts[row + 1] as number) + (starts[row] as number);
  const next = starts.slice();
  const visitors = new Uint32Array(starts[count + 1] as number);
  let visitorCount = 0;
  walk((row, visitor) => {
    visitors[next[row] as number] = visitor;
    next[row] = (next[row] as number) + 1;
    visitorCount = Math.max(visitorCount, visitor + 1);
  });
  return { starts, visitors, visitorCount };
}

/** The distinct visitors of a row, ascending. */
export function visitorsOf({ starts, visitors }: RowVisitors, row: number): Uint32Array {
  return visitors.subarray(starts[row], starts[row + 1]);
}

/** Whether each of some lists has a visitor that no other has: of two that share all of one's, who is in that one is known to be in both. */
export function eachHasItsOwn(lists: readonly Iterable<number>[]): boolean {
  const times = new Map<number, number>();
  for (const list of lists) for (const visitor of list) times.set(visitor, (times.get(visitor) ?? 0) + 1);
  return lists.every((list) => [...list].some((visitor) => times.get(visitor) === 1));
}

/** Tells whether at least `minSupport` distinct visitors touched a row. */
export function createTouchCheck({ starts }: RowVisitors, minSupport: number): (row: number) => boolean {
  return (row) => (starts[row + 1] as number) - (starts[row] as number) >= minSupport;
}

/** Tells whether two rows share at least `minSupport` distinct visitors; the first row is set once and asked many times. */
export function createSupportCheck({ starts, visitors, visitorCount }: RowVisitors, minSupport: number) {
  const marked = new Uint32Array(visitorCount);
  let source = 0;
  return (row: number, other: number): boolean => {
    if (row !== source) {
      source = row;
      for (let i = starts[row] as number; i < (starts[row + 1] as number); i++) marked[visitors[i] as number] = row;
    }
    let shared = 0;
    for (let i = starts[other] as number; i < (starts[other + 1] as number); i++) {
      if (marked[visitors[i] as number] === row && ++shared >= minSupport) return true;
    }
    return shared >= minSupport;
  };
}
