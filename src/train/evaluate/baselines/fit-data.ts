import type { Query } from '../query.js';
import type { Candidates, FitAbout, FitData } from './baseline.js';
import { fitEase, toGram } from './ease.js';
import { createPairFeatures } from './pair-features.js';
import { indexSessions } from './session-sets.js';

/** Newest questions whose candidates are kept, about 20 KB each: a round is asked of one method after another. */
const KEPT_QUESTIONS = 12_000;

/** Indexes a range of sessions. */
export function toFitData(about: FitAbout): FitData {
  const sets = indexSessions(about.log, about.range);
  const made = new Map<string, unknown>();
  const described = new Map<Query, Candidates>();
  const data: FitData = {
    ...about,
    sets,
    once<T>(name: string, make: () => T): T {
      if (!made.has(name)) made.set(name, make());
      return made.get(name) as T;
    },
    ease: (ridge) =>
      data.once(`ease ${ridge}`, () =>
        fitEase(
          data.once('gram', () => toGram(sets)),
          ridge,
        ),
      ),
    candidatesOf(query) {
      const kept = described.get(query);
      if (kept !== undefined) return kept;
      const candidates = data.once('describe', () => createPairFeatures(data))(query);
      if (described.size === KEPT_QUESTIONS) described.delete(described.keys().next().value as Query);
      described.set(query, candidates);
      return candidates;
    },
  };
  return data;
}
