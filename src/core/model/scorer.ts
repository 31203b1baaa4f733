// In: a session and a bundle's tables. Out: candidates with their raw features. The same in training, `predict` and the browser.
import type { SessionView } from '../features/encode-candidates.js';
import type { ItemIndex } from '../features/item-index.js';
import type { SessionState } from '../features/session-state.js';
import type { Lifts, Queries, Query } from './candidate-encoder.js';
import type { ModelEncoders } from './encoders.js';
import { sumLift } from './lift.js';
import type { Manifest } from './manifest.schema.js';
import type { NeighbourTable } from './neighbour-table.js';
import { blendParts, DEFAULT_BLEND, TABLE_PARTS, type TableBlend } from './table-blend.js';
import { topRows } from './top-rows.js';
import type { SessionScorer, SessionScores } from './session-scores.js';
import { createTwoHop, SECOND_HOP } from './two-hop.js';

/** What candidates are made from; without encoders there are no features. */
export interface ScoringTables {
  readonly index: ItemIndex;
  readonly neighbours: NeighbourTable;
  /** the kind of log that the neighbours were fitted on */
  readonly log: Manifest['log'];
  /** how the tables' own scores are blended where no model ranks, default `DEFAULT_BLEND` */
  readonly blend?: TableBlend | undefined;
  readonly encoders?: ModelEncoders;
  /** what the session model says of the whole catalogue; nothing where the session holds nothing that it knows */
  readonly scoreSession?: SessionScorer | undefined;
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
  // Where a model ranks nobody asks for these two. They are made when they are read, which is before the next call.
  /** `[candidates, TABLE_PARTS]`, each 0–1 */
  readonly tableParts: Float32Array;
  /** the tables' own score, for the tier without a model; > 0 where a neighbour edge led to the item */
  readonly tableScores: Float32Array;
}

/** Half of an own purchase's weight is gone after this. */
const HISTORY_HALF_LIFE_DAYS = 90;
const DAY_MS = 86_400_000;
const DEFAULT_LIMIT = 200;

/** Creates the function that finds and encodes the candidates of a session. It keeps scratch memory: one at a time. */
export function createScorer(tables: ScoringTables): (view: SessionView, options?: CandidateOptions) => Candidates {
  const { index, encoders } = tables;
  const lifts = createLifts(tables);
  const encode = encoders?.createCandidateEncoder(tables);

  return (view, options = {}) => {
    const { state } = view;
    const queries = {
      cart: queryOfCart(state, index),
      recent: queryOfSteps(state, index),
      history: queryOfHistory(state, index, view.now),
    };
    const found = lifts(queries);
    const { cart, recent, history } = found;
    const model = tables.scoreSession?.(state);
    const rows = findCandidates(tables, { ...found, ...model }, { state, queries, options });
    const features = encode?.({ rows, queries, lifts: found, model }, view) ?? new Float32Array();
    return {
      rows,
      features,
      get tableParts() {
        const seen = valuesAt(index, seenRows(state, index), (i) => 1 / (i + 1));
        const owned = valuesAt(index, queries.history.rows, (i) => queries.history.weights[i] as number);
        return partsOf(rows, [cart, recent, history, seen, owned]);
      },
      get tableScores() {
        return blendParts(this.tableParts, rows, { blend: tables.blend ?? DEFAULT_BLEND, index });
      },
    };
  };
}

/** Scores the whole catalogue by each table. */
function createLifts({ index, neighbours, log }: ScoringTables): (queries: Queries) => Lifts {
  const twoHop = createTwoHop(neighbours, SECOND_HOP[log]);
  const scratch = (): Float32Array => new Float32Array(index.count + 1);
  const [cart, recent, history] = [scratch(), scratch(), scratch()];
  return (queries) => {
    twoHop(queries.cart.rows, queries.cart.weights, cart);
    twoHop(queries.recent.rows, queries.recent.weights, recent);
    sumLift(neighbours, queries.history, history);
    return { cart, recent, history };
  };
}

/** `[count + 1]`, 0 but at these rows. */
function valuesAt(index: ItemIndex, rows: Iterable<number>, valueAt: (i: number) => number): Float32Array {
  const values = new Float32Array(index.count + 1);
  let i = 0;
  for (const row of rows) values[row] = valueAt(i++);
  return values;
}

/** The best of every score, what was seen and what was bought before; the most popular fill up. */
function findCandidates(
  { index }: ScoringTables,
  { cart, recent, history, lstm, mean }: Lifts & Partial<SessionScores>,
  { state, queries, options }: { state: SessionState; queries: Queries; options: CandidateOptions },
): Int32Array {
  const { limit = DEFAULT_LIMIT, isBlocked, extraRows = [] } = options;
  const found = new Set<number>();
  const rowsFound = new Int32Array(limit);
  const take = (rows: Iterable<number>): void => {
    for (const row of rows) {
      if (found.size >= limit) return;
      if (isBlocked?.(row) || found.has(row)) continue;
      rowsFound[found.size] = row;
      found.add(row);
    }
  };
  const share = (of: number): number => Math.ceil(limit * of);
  take(extraRows);
  take(topRows(cart, share(0.3), { isBlocked }));
  if (mean) take(topRows(mean, share(0.3), { isBlocked }));
  take(topRows(recent, share(0.3), { isBlocked }));
  if (lstm) take(topRows(lstm, share(0.15), { isBlocked, floor: Number.NEGATIVE_INFINITY }));
  take(seenRows(state, index));
  take(queries.history.rows.slice(0, share(0.15)));
  take(topRows(history, share(0.15), { isBlocked }));
  for (let row = 1; row <= index.count && found.size < limit; row++) take([row]);
  return rowsFound.slice(0, found.size);
}

function queryOfCart(state: SessionState, index: ItemIndex): Query {
  const rows: number[] = [];
  for (const itemId of state.cart.keys()) {
    const row = index.rowOf(itemId);
    if (row > 0) rows.push(row);
  }
  return { rows, weights: rows.map(() => 1) };
}

/** What was touched, last first, in the cart or not; a step's weight falls by e every two steps. */
function queryOfSteps(state: SessionState, index: ItemIndex): Query {
  const weights = new Map<number, number>();
  let distance = 0;
  for (const step of state.steps.toReversed()) {
    const row = index.rowOf(step.itemId);
    if (row === 0 || step.kind === 'remove') continue;
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

/** What this session has touched, last first. */
function* seenRows(state: SessionState, index: ItemIndex): Iterable<number> {
  for (const itemId of [...state.activity.keys()].reverse()) {
    const row = index.rowOf(itemId);
    if (row > 0) yield row;
  }
}

/** What the tables say of each candidate, every part as a share of its best; `[candidates, TABLE_PARTS]`. */
function partsOf(rows: Int32Array, scores: readonly Float32Array[]): Float32Array {
  const parts = new Float32Array(rows.length * TABLE_PARTS);
  scores.forEach((score, part) => {
    let most = 0;
    for (const row of rows) most = Math.max(most, score[row] as number);
    for (let i = 0; i < rows.length; i++) parts[i * TABLE_PARTS + part] = (score[rows[i] as number] as number) / (most || 1);
  });
  return parts;
}
