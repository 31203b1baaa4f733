// In: the settings that a search starts from. Out: the settings of each trial, the same for the same seed, however many are asked for.
import { createRandom } from '../fit/random.js';
import type { TrainSettings } from '../settings.js';

/** What a search moves. */
export const SEARCHED = {
  dim: [16, 24, 32, 48, 64],
  units: [32, 48, 64, 96, 128],
  epochs: [2, 3, 4, 6, 8],
  hidden: [[], [16], [32], [64], [64, 32]],
  neighbours: [10, 15, 20, 30, 40, 64],
} as const;
export type SearchedName = keyof typeof SEARCHED;
/** The settings of one trial, of those that are searched. */
export type TrialSettings = Pick<TrainSettings, SearchedName>;

/** Draws in vain before all that can be drawn is taken to be drawn. */
const MOST_DRAWS = 200;

/**
 * Draws trials by random search: the first is `start` itself, no two are alike.
 *
 * @param fixed settings that somebody asked for; they are not moved. Without models only the tables' are
 * @returns at most `count`; fewer where there are no more
 * @see Bergstra & Bengio 2012, https://www.jmlr.org/papers/v13/bergstra12a.html
 */
export function drawTrials(start: TrainSettings, count: number, fixed: ReadonlySet<string>): TrialSettings[] {
  const random = createRandom(start.seed, 'trials');
  const names = searchedOf(start).filter((name) => !fixed.has(name));
  const { dim, units, epochs, hidden, neighbours } = start;
  const trials: TrialSettings[] = [{ dim, units, epochs, hidden, neighbours }];
  const seen = new Set(trials.map((trial) => JSON.stringify(trial)));
  for (let draws = 0; trials.length < count && draws < MOST_DRAWS * count; draws++) {
    const drawn = Object.fromEntries(names.map((name) => [name, SEARCHED[name][random.below(SEARCHED[name].length)]]));
    const trial = { ...(trials[0] as TrialSettings), ...drawn };
    const key = JSON.stringify(trial);
    if (seen.has(key)) continue;
    seen.add(key);
    trials.push(trial);
  }
  return trials.slice(0, count);
}

function searchedOf({ epochs }: TrainSettings): SearchedName[] {
  return epochs === 0 ? ['neighbours'] : (Object.keys(SEARCHED) as SearchedName[]);
}
