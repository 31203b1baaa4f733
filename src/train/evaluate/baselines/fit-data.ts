import type { EaseModel, FitAbout, FitData } from './baseline.js';
import { fitEase } from './ease.js';
import { indexSessions } from './session-sets.js';

/** Indexes a range of sessions. */
export function toFitData(about: FitAbout): FitData {
  const sets = indexSessions(about.log, about.range);
  const models = new Map<number, EaseModel>();
  const ease = (ridge: number) => {
    const model = models.get(ridge) ?? fitEase(sets, ridge);
    models.set(ridge, model);
    return model;
  };
  return { ...about, sets, ease };
}
