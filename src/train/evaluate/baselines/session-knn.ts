import type { Query } from '../query.js';
import type { Recommender } from '../recommender.js';
import { createScoreSheet, type SessionSets } from './session-sets.js';

/** Neighbours are looked for among this many most recent sessions that share an item. */
const SAMPLED_SESSIONS = 1000;

export interface SessionKnnSettings {
  /** most similar sessions that are used */
  readonly neighbours: number;
}

export interface VectorSessionKnnSettings extends SessionKnnSettings {
  /** power of the steps from the end of the query at which the last shared item stands that divides a session's weight */
  readonly decay: number;
  /** power of a session's size that divides its similarity: 0 as published, ½ where sessions are baskets of very different sizes */
  readonly length: number;
}

const USUAL: VectorSessionKnnSettings = { neighbours: 100, decay: 1, length: 0 };

interface Variant {
  readonly name: string;
  /** weight of the i-th of n distinct shown items, oldest first */
  weightOf(place: number, shown: number): number;
  /** weight of a neighbour whose most recent shared item is `steps` from the end, 1 = the last */
  decayOf(steps: number): number;
  similarity(shared: number, shown: number, size: number): number;
}

const S_KNN: Variant = {
  name: 's-knn',
  weightOf: () => 1,
  decayOf: () => 1,
  similarity: (shared, shown, size) => shared / Math.sqrt(shown * size),
};

function toVectorVariant({ decay, length }: VectorSessionKnnSettings): Variant {
  return {
    name: 'vs-knn',
    weightOf: (place, shown) => (place + 1) / shown,
    decayOf: (steps) => steps ** -decay,
    similarity: (shared, shown, size) => shared / shown / size ** length,
  };
}

/** Recommends what the most similar recent sessions hold. @see Jannach & Ludewig 2017 (S-KNN) */
export function createSessionKnn(sets: SessionSets, settings: SessionKnnSettings = USUAL): Recommender {
  return createKnn(sets, { ...S_KNN, ...settings });
}

/** The same with recent items of the query counting more. @see Ludewig & Jannach 2018 (V-SKNN) */
export function createVectorSessionKnn(sets: SessionSets, settings: VectorSessionKnnSettings = USUAL): Recommender {
  return createKnn(sets, { ...toVectorVariant(settings), ...settings });
}

function createKnn(sets: SessionSets, variant: Variant & SessionKnnSettings): Recommender {
  const sheet = createScoreSheet(sets);
  return {
    name: variant.name,
    recommend(query, k) {
      for (const { session, weight } of nearestSessions(sets, query, variant)) {
        for (const item of sets.itemsOf(session)) sheet.add(item, weight);
      }
      return sheet.finish(query, k);
    },
  };
}

interface Neighbour {
  readonly session: number;
  /** similarity × decay */
  readonly weight: number;
  readonly similarity: number;
}

function nearestSessions(sets: SessionSets, query: Query, variant: Variant & SessionKnnSettings): Neighbour[] {
  const shown = itemsByLastUse(sets, query);
  const shared = new Map<number, { sum: number; steps: number }>();
  for (const [place, item] of shown.entries()) {
    const weight = variant.weightOf(place, shown.length);
    const steps = shown.length - place;
    for (const session of sets.sessionsOf(item).slice(-SAMPLED_SESSIONS)) {
      const seen = shared.get(session);
      if (seen === undefined) shared.set(session, { sum: weight, steps });
      else {
        seen.sum += weight;
        seen.steps = Math.min(seen.steps, steps);
      }
    }
  }
  const recent = Uint32Array.from(shared.keys()).sort().slice(-SAMPLED_SESSIONS);
  const neighbours = Array.from(recent, (session) => {
    const { sum, steps } = shared.get(session) as { sum: number; steps: number };
    const similarity = variant.similarity(sum, shown.length, sets.itemsOf(session).length);
    return { session, similarity, weight: similarity * variant.decayOf(steps) };
  });
  return neighbours.sort((a, b) => b.similarity - a.similarity || b.session - a.session).slice(0, variant.neighbours);
}

/** Distinct known items of a query, the most recently used last. */
function itemsByLastUse(sets: SessionSets, { events }: Query): number[] {
  const order = new Set<number>();
  for (const { itemId } of events) {
    const item = sets.numberOf(itemId ?? '');
    order.delete(item);
    if (item !== -1) order.add(item);
  }
  return [...order];
}
