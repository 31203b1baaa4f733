import type { ItemSessions } from './item-sessions.js';
import { indexOccurrences } from './item-occurrences.js';

/** Weighted counts of pairs of rows in one session, as compressed sparse rows, each ascending by row. */
export interface PairCounts {
  /** `[count + 2]` */
  readonly starts: Float64Array;
  readonly rows: Uint32Array;
  readonly counts: Float32Array;
  /** `[count + 1]` weighted count of sessions with the row */
  readonly diagonal: Float64Array;
  /** of a session */
  readonly meanWeight: number;
}

export interface PairShape {
  /** power of a session's length that divides its weight */
  readonly lengthPower: number;
  /** power of log(1 + units) of a mean line that a session's weight grows with */
  readonly unitsPower: number;
  /** share of its weight that a session keeps however old it is; the rest halves in a third of the log's half-life */
  readonly oldShare: number;
  /** steps over which the weight of a pair falls by e towards `farShare` */
  readonly gapLines: number;
  /** share of weight that a pair at any distance keeps */
  readonly farShare: number;
}

/** Pairs kept of all rows together: at 8 bytes a pair, what a laptop can hold. Beyond it each row keeps its largest counts. */
const MOST_PAIRS = 40_000_000;
/** Steps between the two items of a pair at most: keeps a wholesaler's basket from costing its square. */
const REACH = 400;

/** Counts pairs row by row, so that memory grows with what is kept and not with what is read. */
export function countPairs(sessions: ItemSessions, count: number, shape: PairShape): PairCounts {
  const occurrences = indexOccurrences(sessions, count);
  const weights = sessionWeights(sessions, shape);
  const byGap = Float64Array.from(
    { length: REACH + 1 },
    (_, gap) => shape.farShare + (1 - shape.farShare) * Math.exp(-gap / shape.gapLines),
  );
  const limit = Math.max(1, Math.floor(MOST_PAIRS / Math.max(1, count)));
  const kept = createPairList();
  const starts = new Float64Array(count + 2);
  const diagonal = new Float64Array(count + 1);
  const sums = new Float64Array(count + 1);
  for (let row = 1; row <= count; row++) {
    const touched: number[] = [];
    for (let o = occurrences.starts[row] as number; o < (occurrences.starts[row + 1] as number); o++) {
      const place = occurrences.places[o] as number;
      const session = occurrences.sessions[o] as number;
      const weight = weights[session] as number;
      const end = Math.min(sessions.starts[session + 1] as number, place + REACH + 1);
      for (let other = Math.max(sessions.starts[session] as number, place - REACH); other < end; other++) {
        const target = sessions.rows[other] as number;
        if (sums[target] === 0) touched.push(target);
        sums[target] = (sums[target] as number) + weight * (byGap[Math.abs(other - place)] as number);
      }
    }
    diagonal[row] = sums[row] as number;
    kept.take(largest(touched, sums, limit), { sums, except: row });
    for (const target of touched) sums[target] = 0;
    starts[row + 1] = kept.length;
  }
  const meanWeight = weights.reduce((sum, weight) => sum + weight, 0) / Math.max(1, weights.length);
  return { starts, ...kept.toArrays(), diagonal, meanWeight };
}

function sessionWeights({ count, starts, decay, units }: ItemSessions, shape: PairShape): Float64Array {
  const { lengthPower, unitsPower, oldShare } = shape;
  return Float64Array.from({ length: count }, (_, session) => {
    const length = (starts[session + 1] as number) - (starts[session] as number);
    if (length === 0) return 0;
    const fresh = oldShare + (1 - oldShare) * (decay[session] as number) ** 3;
    return fresh * length ** -lengthPower * (units[session] as number) ** unitsPower;
  });
}

function largest(rows: number[], sums: Float64Array, limit: number): number[] {
  if (rows.length <= limit) return rows;
  return rows.sort((a, b) => (sums[b] as number) - (sums[a] as number) || a - b).slice(0, limit);
}

/** Typed arrays that grow: numbers in a plain array would take twice the memory. */
function createPairList() {
  let rows = new Uint32Array(1 << 16);
  let counts = new Float32Array(1 << 16);
  let length = 0;
  return {
    get length() {
      return length;
    },
    take(found: readonly number[], { sums, except }: { sums: Float64Array; except: number }): void {
      if (length + found.length > rows.length) {
        const size = Math.max(2 * rows.length, length + found.length);
        const [grownRows, grownCounts] = [new Uint32Array(size), new Float32Array(size)];
        grownRows.set(rows);
        grownCounts.set(counts);
        [rows, counts] = [grownRows, grownCounts];
      }
      for (const row of found) {
        if (row === except) continue;
        rows[length] = row;
        counts[length++] = sums[row] as number;
      }
    },
    toArrays: () => ({ rows: rows.subarray(0, length), counts: counts.subarray(0, length) }),
  };
}
