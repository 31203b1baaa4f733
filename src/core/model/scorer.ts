// In: a session and a bundle's tables. Out: candidates with their raw features. The same in training, `predict` and the browser.
import type { CandidateScores, SessionView } from '../features/encode-candidates.js';
import type { FeatureEncoders } from '../features/encoders.js';
import type { ItemIndex } from '../features/item-index.js';
import { type Normalisation, normalise } from '../features/normalisation.js';
import type { SessionState } from '../features/session-state.js';
import { type ItemTable, scoreItems } from './item-table.js';
import { maxLift, sumLift } from './lift.js';
import type { Manifest } from './manifest.schema.js';
import type { NeighbourTable } from './neighbour-table.js';
import { topRows } from './top-rows.js';
import { createTwoHop, SECOND_HOP } from './two-hop.js';

/** What candidates are made from; without encoders there are no features, without the last three no session model. */
export interface ScoringTables {
  readonly index: ItemIndex;
  readonly neighbours: NeighbourTable;
  /** the kind of log that the neighbours were fitted on */
  readonly log: Manifest['log'];
  readonly encoders?: FeatureEncoders;
  readonly itemTable?: ItemTable;
  /** `[steps]`, `[steps, BEHAVIOUR_FEATURES.length]` normalised → `[dim]` */
  readonly encodeSession?: (rows: Int32Array, behaviour: Float32Array) => Float32Array;
  readonly behaviour?: Normalisation;
}

export interface CandidateOptions {
  /** how many candidates at most, default 200 */
  readonly limit?: number;
  readonly isBlocked?: (row: number) => boolean;
  /** rows that must be candidates: pins, promotions, a training target */
  readonly extraRows?: readonly number[];
}

export interface Candidates {
  readonly rows: Int32Array;
  /** `[candidates, CANDIDATE_FEATURES.length]`, raw; empty without encoders */
  readonly features: Float32Array;
  /** the neighbour tables' own score, for the tier without a model; > 0 where a neighbour edge led to the item */
  readonly tableScores: Float32Array;
}

/** Shares of the table score: what is in the cart speaks loudest. */
const VIEWED_SHARE = 0.6;
const HISTORY_SHARE = 0.3;
/** Popularity only breaks the tables' ties. */
const POPULARITY_SHARE = 1e-4;
/** Half of an own purchase's weight is gone after this. */
const HISTORY_HALF_LIFE_DAYS = 90;
const DAY_MS = 86_400_000;
const DEFAULT_LIMIT = 200;

/** A weighted set of rows: the query of a neighbour table. */
interface Query {
  readonly rows: number[];
  readonly weights: number[];
}

/** Creates the function that finds and encodes the candidates of a session. It keeps scratch memory: one at a time. */
export function createScorer(tables: ScoringTables): (view: SessionView, options?: CandidateOptions) => Candidates {
  const { index, neighbours, encoders, itemTable } = tables;
  const twoHop = createTwoHop(neighbours, SECOND_HOP[tables.log]);
  const scratch = (): Float32Array => new Float32Array(index.count + 1);
  const cart = scratch();
  const cartMax = scratch();
  const viewed = scratch();
  const history = scratch();
  const lstm = scratch();

  return (view, { limit = DEFAULT_LIMIT, isBlocked, extraRows = [] } = {}) => {
    const { state } = view;
    const cartQuery = queryOfCart(state, index);
    twoHop(cartQuery.rows, cartQuery.weights, cart);
    maxLift(neighbours, cartQuery.rows, cartMax);
    const viewedQuery = queryOfSteps(state, index);
    twoHop(viewedQuery.rows, viewedQuery.weights, viewed);
    const historyQuery = queryOfHistory(state, index, view.now);
    sumLift(neighbours, historyQuery, history);
    const hasModel = scoreBySession(tables, state, lstm);

    const found = new Set<number>();
    const take = (rows: readonly number[]): void => {
      for (const row of rows) if (found.size < limit && !isBlocked?.(row)) found.add(row);
    };
    take(extraRows);
    take(topRows(cart, Math.ceil(limit * 0.4), { isBlocked }));
    if (hasModel && itemTable) take(topRows(lstm, Math.ceil(limit * 0.25), { isBlocked, floor: Number.NEGATIVE_INFINITY }));
    take(topRows(viewed, Math.ceil(limit * 0.4), { isBlocked }));
    take(seenRows(state, index));
    take(historyQuery.rows.slice(0, Math.ceil(limit * 0.15)));
    take(topRows(history, Math.ceil(limit * 0.15), { isBlocked }));
    for (let row = 1; row <= index.count && found.size < limit; row++) take([row]);

    const rows = Int32Array.from(found);
    const gather = (from: Float32Array): Float32Array => Float32Array.from(rows, (row) => from[row] as number);
    const scores: CandidateScores = {
      lstm: hasModel ? gather(lstm) : new Float32Array(rows.length),
      cartLift: gather(cart),
      cartLiftMax: gather(cartMax),
      viewedLift: gather(viewed),
      historyLift: gather(history),
    };
    const features = encoders?.encodeCandidates(rows, scores, view) ?? new Float32Array();
    return { rows, features, tableScores: blend(rows, scores, index) };
  };
}

/** @returns whether there was anything to score */
function scoreBySession(tables: ScoringTables, state: SessionState, into: Float32Array): boolean {
  const { encoders, itemTable, encodeSession, behaviour, index } = tables;
  if (!encoders || !itemTable || !encodeSession || !behaviour) return false;
  const steps = encoders.encodeSteps(state, index);
  if (steps.rows.length === 0) return false;
  scoreItems(itemTable, encodeSession(steps.rows, normalise(steps.behaviour, behaviour)), into);
  return true;
}

function queryOfCart(state: SessionState, index: ItemIndex): Query {
  const rows: number[] = [];
  for (const itemId of state.cart.keys()) {
    const row = index.rowOf(itemId);
    if (row > 0) rows.push(row);
  }
  return { rows, weights: rows.map(() => 1) };
}

/** What was looked at and is not in the cart; a step's weight falls by e every two steps. */
function queryOfSteps(state: SessionState, index: ItemIndex): Query {
  const weights = new Map<number, number>();
  let distance = 0;
  for (const step of state.steps.toReversed()) {
    const row = index.rowOf(step.itemId);
    if (row === 0 || state.cart.has(step.itemId) || step.kind === 'remove') continue;
    weights.set(row, (weights.get(row) ?? 0) + Math.exp(-distance / 2));
    distance++;
  }
  return { rows: [...weights.keys()], weights: [...weights.values()] };
}

function queryOfHistory(state: SessionState, index: ItemIndex, now: number): Query {
  const today = Math.floor(now / DAY_MS);
  const owned: { row: number; weight: number }[] = [];
  for (const [itemId, days] of state.history) {
    const row = index.rowOf(itemId);
    const weight = days.reduce((sum, day) => sum + 0.5 ** (Math.max(0, today - day) / HISTORY_HALF_LIFE_DAYS), 0);
    if (row > 0) owned.push({ row, weight });
  }
  owned.sort((a, b) => b.weight - a.weight || a.row - b.row);
  return { rows: owned.map(({ row }) => row), weights: owned.map(({ weight }) => weight) };
}

function seenRows(state: SessionState, index: ItemIndex): number[] {
  return [...state.activity.keys()]
    .map((itemId) => index.rowOf(itemId))
    .filter((row) => row > 0)
    .reverse();
}

/** Each table's score as a share of its best, weighted. */
function blend(rows: Int32Array, scores: CandidateScores, index: ItemIndex): Float32Array {
  const cartBest = best(scores.cartLift);
  const viewedBest = best(scores.viewedLift);
  const historyBest = best(scores.historyLift);
  return Float32Array.from(rows, (row, i) => {
    const table =
      (scores.cartLift[i] as number) / cartBest +
      (VIEWED_SHARE * (scores.viewedLift[i] as number)) / viewedBest +
      (HISTORY_SHARE * (scores.historyLift[i] as number)) / historyBest;
    return table > 0 ? table + POPULARITY_SHARE * index.popularityOf(row) : 0;
  });
}

/** The largest score, 1 where none is above 0 (so that a share of it is 0). */
function best(scores: Float32Array): number {
  let most = 0;
  for (const score of scores) most = Math.max(most, score);
  return most > 0 ? most : 1;
}
