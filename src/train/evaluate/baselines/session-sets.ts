import type { EventLog, SessionRange } from '../../event-log.js';
import { excludedOf, type Query } from '../query.js';
import { bestOf, type ScoredItem } from '../recommender.js';

/** The distinct items of each session of a range and the sessions of each item: what every baseline counts. */
export interface SessionSets {
  readonly itemIds: readonly string[];
  readonly sessions: number;
  /** distinct items of session s, in order of first appearance */
  itemsOf(session: number): Uint32Array;
  /** sessions that hold an item, oldest first */
  sessionsOf(item: number): Uint32Array;
  /** −1 when the range does not hold it */
  numberOf(itemId: string): number;
}

export function indexSessions(log: EventLog, { from, to }: SessionRange): SessionSets {
  const items = Array.from({ length: to - from }, (_, s) => {
    const start = log.sessionStarts[from + s] as number;
    return Uint32Array.from(new Set(log.item.subarray(start, log.sessionStarts[from + s + 1] as number)));
  });
  const counts = new Uint32Array(log.itemIds.length);
  for (const list of items) for (const item of list) counts[item] = (counts[item] as number) + 1;
  const sessions = Array.from(counts, (count) => new Uint32Array(count));
  const filled = new Uint32Array(log.itemIds.length);
  for (const [s, list] of items.entries()) {
    for (const item of list) {
      (sessions[item] as Uint32Array)[filled[item] as number] = s;
      filled[item] = (filled[item] as number) + 1;
    }
  }
  const numbers = new Map(log.itemIds.map((itemId, item) => [itemId, item]));
  return {
    itemIds: log.itemIds,
    sessions: items.length,
    itemsOf: (session) => items[session] as Uint32Array,
    sessionsOf: (item) => sessions[item] as Uint32Array,
    numberOf(itemId) {
      const item = numbers.get(itemId) ?? -1;
      return item === -1 || counts[item] === 0 ? -1 : item;
    },
  };
}

/** Scores of one query, kept between queries so that only what was touched is cleared. */
export interface ScoreSheet {
  add(item: number, score: number): void;
  /** Adds a score to each of many items. */
  addAll(items: Uint32Array, scores: Float32Array): void;
  /** Adds one score to each of many items. */
  addEach(items: Uint32Array, score: number): void;
  /** The answer, and a clean sheet. */
  finish(query: Query, k: number): ScoredItem[];
}

export function createScoreSheet(sets: SessionSets): ScoreSheet {
  const scores = new Float64Array(sets.itemIds.length);
  const isTouched = new Uint8Array(sets.itemIds.length);
  const touched = new Uint32Array(sets.itemIds.length);
  let count = 0;
  const add = (item: number, score: number) => {
    if (isTouched[item] === 0) {
      isTouched[item] = 1;
      touched[count++] = item;
    }
    scores[item] = (scores[item] as number) + score;
  };
  return {
    add,
    addAll(items, values) {
      for (let i = 0; i < items.length; i++) add(items[i] as number, values[i] as number);
    },
    addEach(items, score) {
      for (let i = 0; i < items.length; i++) add(items[i] as number, score);
    },
    finish(query, k) {
      const all = touched.subarray(0, count);
      for (const itemId of excludedOf(query)) {
        const item = sets.numberOf(itemId);
        if (item !== -1) scores[item] = 0;
      }
      const answer = bestOf(scores, all, k).map((item) => ({
        itemId: sets.itemIds[item] as string,
        score: scores[item] as number,
      }));
      for (let i = 0; i < count; i++) {
        scores[all[i] as number] = 0;
        isTouched[all[i] as number] = 0;
      }
      count = 0;
      return answer;
    },
  };
}

/** The known items of a query, in order of first appearance. */
export function shownItems(sets: SessionSets, query: Query): number[] {
  return query.shown.map((itemId) => sets.numberOf(itemId)).filter((item) => item !== -1);
}
