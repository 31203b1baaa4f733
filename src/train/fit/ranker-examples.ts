// In: questions and the tables of an earlier fit. Out: candidates with features, and which of them was right. Node, main thread.
import { createLiveSession } from '../../core/engine/live-session.js';
import { ENCODERS } from '../../core/model/encoders.js';
import { CANDIDATE_FEATURES } from '../../core/features/feature-names.js';
import type { ItemIndex } from '../../core/features/item-index.js';
import { type Candidates, createScorer, type ScoringTables } from '../../core/model/scorer.js';
import { excludedOf, type Query } from '../evaluate/query.js';
import type { Random } from './random.js';

/** One question's candidates; the target among them, or nowhere. */
export interface RankerExample {
  readonly candidates: number;
  /** `[candidates, CANDIDATE_FEATURES.length]`; raw until they are normalised in place */
  readonly features: Float32Array;
  /** `[candidates]` what the tables alone score */
  readonly tableScores: Float32Array;
  /** −1 when it was not generated */
  readonly target: number;
}

const WIDTH = CANDIDATE_FEATURES.length;

/** Creates the function that finds a question's candidates, by the same code as on a device. */
export function createAsker(tables: ScoringTables): (query: Query) => Candidates & { readonly target: number } {
  const { index } = tables;
  const score = createScorer(tables);
  return (query) => {
    const live = createLiveSession();
    live.adoptIndex(index, tables.encoders?.createWindowCounters);
    live.addPurchases(query.history);
    live.commit(query.events.map((event, i) => ({ ...event, seq: i + 1 })));
    const found = score(live.view(query.now, 0), { isBlocked: blockedBy(query, index) });
    return { ...found, target: found.rows.indexOf(index.rowOf(query.target)) };
  };
}

/** Creates the function that turns a question into an example. */
export function createExampleMaker(tables: ScoringTables): (query: Query) => RankerExample {
  const ask = createAsker({ ...tables, encoders: ENCODERS });
  return (query) => {
    const { rows, features, tableScores, target } = ask(query);
    return { candidates: rows.length, features, tableScores, target };
  };
}

/** What a question rules out: on a cart page variants and near-duplicates of the cart too. */
function blockedBy(query: Query, index: ItemIndex): (row: number) => boolean {
  const rows = [...excludedOf(query)].map((itemId) => index.rowOf(itemId));
  const blocked = new Set(rows);
  if (query.exclude !== 'cart') return (row) => blocked.has(row);
  const families = new Set(rows.map((row) => index.familyOf(row)));
  const groups = new Set(rows.map((row) => index.groupOf(row)));
  return (row) => blocked.has(row) || families.has(index.familyOf(row)) || groups.has(index.groupOf(row));
}

/** Keeps the target, first, and a random part of the other candidates: enough to learn from, at a third of the memory. */
export function thinExample(
  { candidates, features, tableScores, target }: RankerExample,
  keep: number,
  random: Random,
): RankerExample {
  const others = random.shuffle(Uint32Array.from({ length: candidates }, (_, i) => i)).filter((i) => i !== target);
  const kept = [target, ...others.subarray(0, keep - 1)];
  const thinned = new Float32Array(kept.length * WIDTH);
  kept.forEach((from, to) => {
    thinned.set(features.subarray(from * WIDTH, (from + 1) * WIDTH), to * WIDTH);
  });
  return {
    candidates: kept.length,
    features: thinned,
    tableScores: Float32Array.from(kept, (i) => tableScores[i] as number),
    target: 0,
  };
}
