// In: sessions. Out: the recipe that tillside's first prototype ended with, as a rival: what replaced it must beat it. Runs in Node.
import type { Query } from '../query.js';
import type { Recommender } from '../recommender.js';
import type { FitData } from './baseline.js';
import { easeWeights, toGram } from './ease.js';
import { createScoreSheet, type ScoreSheet, type SessionSets, shownItems } from './session-sets.js';
import { fitSessionTable } from './session-table.js';
import { buildSparseTable, type SparseTable } from './sparse-table.js';

export interface PrototypeSettings {
  /** carts: weight of what the shopper bought before, newest and most frequent counting most */
  readonly own: number;
  /** carts: weight of what goes with it */
  readonly related: number;
  /** sessions: weight of what was looked at last, where it may be an answer */
  readonly repeats: number;
}

const DAY_MS = 86_400_000;
const HALF_LIFE_DAYS = 90;
const RIDGE = { ridge: 40, inflation: 0.11 };
const TARGET_POWER = 0.2;
const SECOND_HOP = 1.5;
/** By recency: the last item, the one before … */
const REPEATS: readonly number[] = [1, 0.5, 0.3, 0.2];

/** Pruned EASE^R for a log of carts; a neighbour table of two hops, and repeats, for one of browsing. */
export function createPrototype(data: FitData, settings: PrototypeSettings): Recommender {
  return data.log.kind === 'carts' ? createCartPrototype(data, settings) : createSessionPrototype(data, settings);
}

function createCartPrototype(data: FitData, { own, related }: PrototypeSettings): Recommender {
  const { sets } = data;
  const table = data.once('prototype', () => fitCartTable(data));
  const answer = createBlend(sets);
  return {
    name: 'prototype',
    usesHistory: true,
    recommend(query, k) {
      const cart = shownItems(sets, query).map((item) => [item, 1] as const);
      const bought = ownWeights(sets, query);
      return answer(query, k, [
        [1, (sheet) => addRows(table, cart, sheet)],
        [own, (sheet) => addItems(bought, sheet)],
        [related, (sheet) => addRows(table, bought, sheet)],
      ]);
    },
  };
}

/** Carts count by age and length; the ridge grows with an item's popularity, and popular targets are damped. */
function fitCartTable({ sets, log, range }: FitData): SparseTable {
  const end = log.startedAt[range.to - 1] ?? 0;
  const ageOf = (session: number) => (end - (log.startedAt[range.from + session] as number)) / DAY_MS;
  const weigh = (session: number, size: number) => Math.max(1, size) ** -0.5 * 0.5 ** (ageOf(session) / HALF_LIFE_DAYS);
  const total = Array.from({ length: sets.sessions }, (_, s) => weigh(s, sets.itemsOf(s).length)).reduce((a, b) => a + b, 0);
  // the ridge is for carts that count 1 in the mean
  const gram = toGram(sets, (session, size) => (weigh(session, size) * sets.sessions) / total);
  const weights = easeWeights(gram, RIDGE);
  const { items } = gram;
  const places = new Map(Array.from(items, (item, place) => [item, place]));
  const damping = Float64Array.from(items, (item) => sets.sessionsOf(item).length ** -TARGET_POWER);
  return buildSparseTable(sets.itemIds.length, (item, into) => {
    const place = places.get(item);
    if (place === undefined) return [];
    const from = place * items.length;
    for (let j = 0; j < items.length; j++) into[items[j] as number] = (weights[from + j] as number) * (damping[j] as number);
    return items;
  });
}

/** Items of the shopper's earlier purchases, each purchase halving in 90 days. */
function ownWeights(sets: SessionSets, { history, now }: Query): Map<number, number> {
  const today = Math.floor(now / DAY_MS);
  const weights = new Map<number, number>();
  for (const { itemId, day } of history) {
    const item = sets.numberOf(itemId);
    if (item !== -1) weights.set(item, (weights.get(item) ?? 0) + 0.5 ** ((today - day) / HALF_LIFE_DAYS));
  }
  return weights;
}

function createSessionPrototype(data: FitData, { repeats }: PrototypeSettings): Recommender {
  const { sets } = data;
  const table = data.once('prototype', () => fitSessionTable(data));
  const answer = createBlend(sets);
  return {
    name: 'prototype',
    recommend(query, k) {
      const recent = recentItems(sets, query);
      const seen = recent.slice(0, REPEATS.length).map((item, i) => [item, REPEATS[i] as number] as const);
      return answer(query, k, [
        [1, (sheet) => addTwoHops(table, recent, sheet)],
        [repeats, (sheet) => addItems(seen, sheet)],
      ]);
    },
  };
}

/** Distinct known items, the latest first. */
function recentItems(sets: SessionSets, { events }: Query): number[] {
  const items = events.map(({ itemId }) => sets.numberOf(itemId ?? '')).filter((item) => item !== -1);
  return [...new Set(items.reverse())];
}

type Add = Pick<ScoreSheet, 'add'>;
type Weighted = Iterable<readonly [item: number, weight: number]>;

function addItems(items: Weighted, sheet: Add): void {
  for (const [item, weight] of items) sheet.add(item, weight);
}

function addRows(table: SparseTable, items: Weighted, sheet: Add): void {
  for (const [item, weight] of items) table.addRow(item, weight, sheet);
}

/** x · T + 1.5 · x · T̂ · T, T̂ with rows that sum to 1; a step's weight falls by e every two steps. */
function addTwoHops(table: SparseTable, recent: readonly number[], sheet: Add): void {
  const spread = new Map<number, number>();
  const into: Add = { add: (item, weight) => spread.set(item, (spread.get(item) ?? 0) + weight) };
  for (const [distance, item] of recent.entries()) {
    const weight = Math.exp(-distance / 2);
    into.add(item, weight);
    if (table.sumOf(item) > 0) table.addRow(item, (SECOND_HOP * weight) / table.sumOf(item), into);
  }
  addRows(table, spread, sheet);
}

type Part = readonly [weight: number, score: (sheet: Add) => void];

/** Creates the function that adds up parts, each as a share of its best item. */
function createBlend(sets: SessionSets) {
  const sheet = createScoreSheet(sets);
  const scores = new Float64Array(sets.itemIds.length);
  return (query: Query, k: number, parts: readonly Part[]) => {
    for (const [share, score] of parts) {
      const touched = new Set<number>();
      score({
        add(item, value) {
          touched.add(item);
          scores[item] = (scores[item] as number) + value;
        },
      });
      let best = 0;
      for (const item of touched) best = Math.max(best, scores[item] as number);
      for (const item of touched) {
        if (share > 0 && best > 0) sheet.add(item, (share * (scores[item] as number)) / best);
        scores[item] = 0;
      }
    }
    return sheet.finish(query, k);
  };
}
