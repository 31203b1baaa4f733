// In: carts as item rows. Out: how strongly each row asks for each other row, by EASE^R solved on each item's closest companions. Node.
import { topRows } from '../../core/model/top-rows.js';
import { addContentEvidence, type Evidence } from './content-evidence.js';
import { createPairFiller } from './companion-counts.js';
import type { ContentVectors } from './content-vectors.js';
import type { ItemSessions } from './item-sessions.js';
import type { WeighNeighbours } from './neighbour-builder.js';
import { countPairs, type PairCounts, type PairShape } from './pair-counts.js';
import { createSolver } from './solve-positive.js';

export interface EaseShape extends PairShape {
  /** ridge: pulls weights that little evidence holds up to 0; in carts of mean weight */
  readonly ridge: number;
  /** share by which the diagonal is raised on top, so that the ridge grows with an item's popularity */
  readonly inflation: number;
  /** power of the target's popularity that divides a weight */
  readonly targetPower: number;
  /** what the likeness of two items adds to their count, in carts of mean weight; 0: carts alone speak */
  readonly content: number;
}

export interface EaseOptions {
  readonly shape?: EaseShape;
  /** what the items are, and which pairs enough visitors had; absent: carts alone speak */
  readonly content?: ({ readonly vectors: ContentVectors } & Pick<Evidence, 'isSupported'>) | undefined;
  readonly onProgress?: (share: number) => void;
}

/** Chosen by hit rate inside the first 80 % of Online Retail; `chooseEaseShape` adapts ridge, farShare and content to a log. */
export const EASE_SHAPE: EaseShape = {
  ridge: 25,
  inflation: 0.2,
  targetPower: 0.1,
  lengthPower: 0.6,
  unitsPower: 0.7,
  oldShare: 0.3,
  gapLines: 5,
  farShare: 0.25,
  content: 3,
};

/** Companions that an item's weights are solved over: 50 cost 0.3 % of the hit rate of all of them, 100 nothing that can be measured. */
const COMPANIONS = 100;
/** With the diagonal raised by `inflation` no pivot of true counts falls below a sixth: a smaller one comes of counts that were cut. */
const LEAST_PIVOT = 0.1;
/** Evidence below this many carts does not rank companions by itself. */
const SHRINKAGE = 25;

/**
 * Fits EASE^R column by column, each over the item's closest companions alone: the answer of the full inverse to within what can be
 * measured, at a cost that grows with the number of items and not with its cube. A pair that stands close together in a cart counts
 * for more than one at its ends.
 *
 * @see Steck 2019, https://arxiv.org/abs/1905.03375; Ning & Karypis 2011 (SLIM with feature selection)
 */
export function createRestrictedEase(
  sessions: ItemSessions,
  popularity: ArrayLike<number>,
  options: EaseOptions = {},
): WeighNeighbours {
  const { shape = EASE_SHAPE, content, onProgress } = options;
  const count = popularity.length - 1;
  const counted = countPairs(sessions, count, shape);
  const pairs =
    content && shape.content > 0 ? addContentEvidence(counted, content.vectors, { ...content, worth: shape.content }) : counted;
  const edges = new EdgeLists(count);
  const column = createColumnSolver(pairs, shape);
  for (let target = 1; target <= count; target++) {
    const scale = Math.max(1, popularity[target] as number) ** -shape.targetPower;
    column(target, (source, weight) => edges.add(source, target, weight * scale));
    if (target % 256 === 0) onProgress?.(target / count);
  }
  return edges.toWeigher();
}

/** Solves one column: the weights by which an item's companions ask for it. Scratch memory is shared: one column at a time. */
function createColumnSolver(pairs: PairCounts, { inflation, ridge }: EaseShape) {
  const { diagonal, meanWeight } = pairs;
  const closest = createCompanionFinder(pairs);
  const fillPairs = createPairFiller(pairs);
  const matrix = new Float64Array(COMPANIONS * COMPANIONS);
  const solution = new Float64Array(COMPANIONS);
  const solve = createSolver(COMPANIONS, LEAST_PIVOT);
  return (target: number, take: (source: number, weight: number) => void): void => {
    const companions = closest(target, solution);
    const size = companions.length;
    fillPairs(companions, matrix);
    companions.forEach((row, place) => {
      matrix[place * size + place] = (diagonal[row] as number) * (1 + inflation) + ridge * meanWeight;
    });
    solve(matrix, size, solution);
    companions.forEach((row, place) => {
      if ((solution[place] as number) > 0) take(row, solution[place] as number);
    });
  };
}

/** Finds the rows most often beside a row for their own popularity, closest first, and writes their counts into `into`. */
function createCompanionFinder({ starts, rows, counts, diagonal, meanWeight }: PairCounts) {
  const closeness = new Float32Array(diagonal.length);
  const beside = new Float32Array(diagonal.length);
  const scale = diagonal.map((count) => 1 / Math.sqrt(count + SHRINKAGE * meanWeight));
  return (target: number, into: Float64Array): number[] => {
    const [from, to] = [starts[target] as number, starts[target + 1] as number];
    for (let at = from; at < to; at++) {
      const row = rows[at] as number;
      beside[row] = counts[at] as number;
      closeness[row] = (counts[at] as number) * (scale[row] as number);
    }
    const companions = topRows(closeness, COMPANIONS);
    companions.forEach((row, place) => {
      into[place] = beside[row] as number;
    });
    for (let at = from; at < to; at++) closeness[rows[at] as number] = 0;
    return companions;
  };
}

/** Edges by source, though they are found by target. */
class EdgeLists {
  readonly #sources: number[] = [];
  readonly #targets: number[] = [];
  readonly #weights: number[] = [];
  readonly #count: number;

  constructor(count: number) {
    this.#count = count;
  }

  add(source: number, target: number, weight: number): void {
    this.#sources.push(source);
    this.#targets.push(target);
    this.#weights.push(weight);
  }

  toWeigher(): WeighNeighbours {
    const starts = new Uint32Array(this.#count + 2);
    for (const source of this.#sources) starts[source + 1] = (starts[source + 1] as number) + 1;
    for (let row = 0; row <= this.#count; row++) starts[row + 1] = (starts[row + 1] as number) + (starts[row] as number);
    const next = starts.slice();
    const targets = new Uint32Array(this.#targets.length);
    const weights = new Float32Array(this.#targets.length);
    this.#sources.forEach((source, i) => {
      const at = next[source] as number;
      next[source] = at + 1;
      targets[at] = this.#targets[i] as number;
      weights[at] = this.#weights[i] as number;
    });
    return (row, into) => {
      const [from, to] = [starts[row] as number, starts[row + 1] as number];
      for (let at = from; at < to; at++) into[targets[at] as number] = weights[at] as number;
      return targets.subarray(from, to);
    };
  }
}
