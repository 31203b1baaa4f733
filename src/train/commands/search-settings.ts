// In: a log and the settings to start from. Out: the best settings of the trials asked for, and a page of plots beside their log.
import { writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createValidation } from '../fit/validate-settings.js';
import type { StageMeter } from '../stage-meter.js';
import type { TrainSettings } from '../settings.js';
import { SEARCHED, type SearchedName } from '../trials/draw-trials.js';
import { describeTrial, runTrials } from '../trials/run-trials.js';
import { toTrialsPage } from '../trials/trials-page.js';
import type { TrainInput } from './read-input.js';
import type { TrainWishes } from './train-wishes.js';

export interface SettingsSearch {
  readonly input: TrainInput;
  readonly wishes: TrainWishes;
  readonly out: string;
  /** trials in all */
  readonly count: number;
  readonly settings: TrainSettings;
}

/** Fits to older weights only with their sizes. */
const OF_THE_OLDER: readonly SearchedName[] = ['dim', 'units', 'hidden'];

/** Runs trials and returns the settings of the best. @throws {TillsideError} `input-invalid` for a log of other trials */
export async function searchSettings(search: SettingsSearch, meter: StageMeter): Promise<TrainSettings> {
  const { input, wishes, out, count, settings } = search;
  const file = resolve(wishes.trialsLog ?? join(dirname(resolve(out)), 'trials.ndjson'));
  const asked = (Object.keys(SEARCHED) as SearchedName[]).filter((name) => wishes[name] !== undefined);
  const fixed = new Set([...asked, ...(wishes.from === undefined ? [] : OF_THE_OLDER)]);
  meter.note(`trials in ${file}; Ctrl-C stops, the same command goes on`);
  const page = `${file.replace(/\.ndjson$/, '')}.html`;
  const { trials, best } = await runTrials({
    start: settings,
    count,
    fixed,
    file,
    log: { sessions: input.log.sessionIds.length, events: input.log.item.length, items: input.log.itemIds.length },
    progress: meter,
    fitAndValidate: createValidation(input, meter),
    peakMb: () => meter.takePeakMb(),
    onTrial: (all) => writeFile(page, toTrialsPage(all)),
  });
  meter.note(`best of ${trials.length}: trial ${best.trial}, ${describeTrial(best)}; plots in ${page}`);
  return { ...settings, ...best.settings };
}
