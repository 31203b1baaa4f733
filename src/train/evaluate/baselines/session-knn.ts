import type { Query } from '../query.js';
import { bestOf, type Recommender } from '../recommender.js';
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
  const nearest = createNearest(sets, variant);
  return {
    name: variant.name,
    recommend(query, k) {
      nearest(query, (session, weight) => {
        sheet.addEach(sets.itemsOf(session), weight);
      });
      return sheet.finish(query, k);
    },
  };
}

/** Creates the function that finds the sessions most similar to a query and hands on each with its similarity × decay, the nearest first. */
function createNearest(sets: SessionSets, variant: Variant & SessionKnnSettings) {
  // of each session: weight of the shared items, steps to the last of them, likeness; all 0 between two queries
  const shared = new Float64Array(sets.sessions);
  const steps = new Uint32Array(sets.sessions);
  const likeness = new Float64Array(sets.sessions);
  const touched = new Uint32Array(sets.sessions);
  return (query: Query, take: (session: number, weight: number) => void): void => {
    const shown = itemsByLastUse(sets, query);
    let count = 0;
    for (const [place, item] of shown.entries()) {
      const weight = variant.weightOf(place, shown.length);
      const sessions = sets.sessionsOf(item);
      for (let i = Math.max(0, sessions.length - SAMPLED_SESSIONS); i < sessions.length; i++) {
        const session = sessions[i] as number;
        if (steps[session] === 0) touched[count++] = session;
        shared[session] = (shared[session] as number) + weight;
        steps[session] = shown.length - place; // places rise, so the last one stands
      }
    }
    const found = touched.subarray(0, count).sort();
    const recent = found.subarray(-SAMPLED_SESSIONS);
    for (const session of recent) {
      likeness[session] = variant.similarity(shared[session] as number, shown.length, sets.itemsOf(session).length);
    }
    const best = bestOf(likeness, recent, variant.neighbours);
    best.sort((a, b) => (likeness[b] as number) - (likeness[a] as number) || b - a);
    for (const session of best.slice(0, variant.neighbours)) {
      take(session, (likeness[session] as number) * variant.decayOf(steps[session] as number));
    }
    for (let i = 0; i < count; i++) {
      const session = found[i] as number;
      shared[session] = 0;
      steps[session] = 0;
      likeness[session] = 0;
    }
  };
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
