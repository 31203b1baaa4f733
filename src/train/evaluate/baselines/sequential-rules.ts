import type { EventLog, SessionRange } from '../../event-log.js';
import type { Recommender } from '../recommender.js';
import { createScoreSheet, type SessionSets } from './session-sets.js';

/** Pairs further apart than this make no rule. */
const MAX_STEPS = 10;

/** Recommends what followed the last item, weighted 1 / steps between. @see Ludewig & Jannach 2018 (SR) */
export function createSequentialRules(sets: SessionSets, log: EventLog, { from, to }: SessionRange): Recommender {
  const rules = new Map<number, Map<number, number>>();
  for (let s = from; s < to; s++) {
    const start = log.sessionStarts[s] as number;
    const end = log.sessionStarts[s + 1] as number;
    for (let i = start + 1; i < end; i++) {
      const item = log.item[i] as number;
      for (let j = Math.max(start, i - MAX_STEPS); j < i; j++) {
        const source = log.item[j] as number;
        const targets = rules.get(source) ?? new Map<number, number>();
        targets.set(item, (targets.get(item) ?? 0) + 1 / (i - j));
        rules.set(source, targets);
      }
    }
  }
  const sheet = createScoreSheet(sets);
  return {
    name: 'sequential-rules',
    recommend(query, k) {
      const last = lastKnown(sets, query.events);
      for (const [item, weight] of rules.get(last ?? -1) ?? []) sheet.add(item, weight);
      return sheet.finish(query, k);
    },
  };
}

function lastKnown(sets: SessionSets, events: readonly { readonly itemId?: string }[]): number | undefined {
  for (let i = events.length - 1; i >= 0; i--) {
    const item = sets.numberOf(events[i]?.itemId ?? '');
    if (item !== -1) return item;
  }
  return undefined;
}
