// In: a row's edges, heaviest first, and who had their ends. Out: those with enough visitors, alone or pooled. Runs in Node.
import { type RowVisitors, visitorsOf } from './support.js';

/** Edges that share a weight, where so many have enough visitors: more would say nothing of any. */
const MOST_POOLED = 8;

/** Edges of units, by the unit they start from. */
export interface UnitEdges {
  /** `[count + 2]` */
  readonly starts: Uint32Array;
  readonly ends: number[];
  readonly weights: number[];
}

/** What a pool is made of: the edges of a row that too few visitors had, heaviest first, and who had them. */
interface Rest {
  readonly ends: number[];
  readonly shared: (readonly number[])[];
}

export interface Pooling {
  readonly minSupport: number;
  /** edges of a row from which no more are pooled */
  readonly most: number;
  /** where they are added */
  readonly edges: UnitEdges;
}

/** Creates the function that adds the edges of a row whose ends enough visitors had, then pools of the rest, heaviest first. */
export function createPool(visitors: RowVisitors, { minSupport, most, edges }: Pooling) {
  const ofRow = new Uint32Array(visitors.visitorCount);
  const takePool = createPoolTaker(visitors.visitorCount, minSupport);
  const sharedBy = (row: number, other: number): number[] => sharedWith(visitors, { other, row, ofRow, most: minSupport });
  const add = (other: number, weight: number) => {
    edges.ends.push(other);
    edges.weights.push(weight);
  };
  return (row: number, ranked: Uint32Array, weights: Float32Array): void => {
    for (const visitor of visitorsOf(visitors, row)) ofRow[visitor] = row;
    const begin = edges.ends.length;
    const rest: Rest = { ends: [], shared: [] };
    for (const other of ranked) {
      const shared = sharedBy(row, other);
      if (shared.length >= minSupport) add(other, weights[other] as number);
      else {
        rest.ends.push(other);
        rest.shared.push(shared);
      }
    }
    while (rest.ends.length > 0 && edges.ends.length - begin < most) {
      const pooled = takePool(rest);
      if (pooled.length === 0) break;
      const mean = pooled.reduce((sum, other) => sum + (weights[other] as number), 0) / pooled.length;
      for (const other of pooled) add(other, mean);
    }
  };
}

/** The visitors of a row who are marked as another's too, as many as an edge needs. */
function sharedWith(
  { starts, visitors }: RowVisitors,
  { other, row, ofRow, most }: { other: number; row: number; ofRow: Uint32Array; most: number },
): number[] {
  const shared: number[] = [];
  for (let i = starts[other] as number; i < (starts[other + 1] as number); i++) {
    const visitor = visitors[i] as number;
    if (ofRow[visitor] === row && shared.push(visitor) === most) break;
  }
  return shared;
}

/**
 * Creates the function that takes the heaviest edges of which each has a visitor of its own out of the rest, until they have enough.
 *
 * @returns their ends; none where they do not come to that, and the rest as it was
 */
function createPoolTaker(visitorCount: number, minSupport: number): (rest: Rest) => readonly number[] {
  const mostPooled = Math.max(MOST_POOLED, minSupport);
  /** of the edges of a pool, how many had each visitor */
  const times = new Uint32Array(visitorCount);
  const count = (shared: readonly number[], by: 1 | -1): void => {
    for (const visitor of shared) times[visitor] = (times[visitor] as number) + by;
  };
  const hasOwn = (shared: readonly number[]) => shared.some((visitor) => times[visitor] === 1);
  return (rest) => {
    const taken: number[] = [];
    const lists: (readonly number[])[] = [];
    let seen = 0;
    for (let i = 0; i < rest.ends.length && seen < minSupport && lists.length < mostPooled; i++) {
      const shared = rest.shared[i] as readonly number[];
      const added = shared.filter((visitor) => times[visitor] === 0).length;
      if (added === 0) continue;
      count(shared, 1);
      if (hasOwn(shared) && lists.every(hasOwn)) {
        taken.push(i);
        lists.push(shared);
        seen += added;
      } else count(shared, -1);
    }
    for (const shared of lists) count(shared, -1);
    return seen < minSupport ? [] : takeOut(rest, taken);
  };
}

/** Takes the edges at some ascending places out. @returns their ends */
function takeOut({ ends, shared }: Rest, places: readonly number[]): readonly number[] {
  const taken = places.map((place) => ends[place] as number);
  for (const place of places.toReversed()) {
    ends.splice(place, 1);
    shared.splice(place, 1);
  }
  return taken;
}
