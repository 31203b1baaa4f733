// In: settings to start from, and a function that fits and validates some. Out: the experiment log, grown, and the best of it. Node.
import { isDeepStrictEqual } from 'node:util';
import { TillsideError } from '../../core/errors.js';
import type { ProgressReporter } from '../progress.js';
import type { TrainSettings } from '../settings.js';
import { drawTrials, type TrialSettings } from './draw-trials.js';
import { appendTrial, readTrials, type Trial } from './trial-log.js';

/** What one fit scored on sessions it had not seen, none of them of the test. */
export interface Validation {
  readonly figures: Readonly<Record<string, number>>;
  /** what trials are chosen by; more is better */
  readonly score: number;
}

export interface TrialPlan {
  readonly start: TrainSettings;
  /** trials in all, those of earlier runs included */
  readonly count: number;
  /** settings that are not moved */
  readonly fixed: ReadonlySet<string>;
  /** the experiment log */
  readonly file: string;
  readonly log: Trial['log'];
  readonly progress: ProgressReporter;
  fitAndValidate(settings: TrainSettings): Promise<Validation>;
  /** most memory since this was last asked, MB */
  peakMb(): number;
  /** with all trials so far: at first where there are some, then after each */
  onTrial(trials: readonly Trial[]): Promise<void>;
}

/** Runs the trials that the experiment log does not hold yet. Ending the process at any time loses the running trial and no other. */
export async function runTrials(plan: TrialPlan): Promise<{ readonly trials: Trial[]; readonly best: Trial }> {
  const { start, file, progress } = plan;
  const drawn = drawTrials(start, plan.count, plan.fixed);
  const trials = await readTrials(file);
  for (const trial of trials) assertSame(plan, trial, drawn[trial.trial - 1]);
  if (trials.length > 0) {
    await plan.onTrial(trials);
    progress.note(`${trials.length} of ${Math.max(trials.length, drawn.length)} trials are done already`);
  }
  const done = new Set(trials.map(({ trial }) => trial));
  for (let n = 1; n <= drawn.length; n++) {
    if (done.has(n)) continue;
    const trial = await runTrial(plan, n, drawn[n - 1] as TrialSettings);
    await appendTrial(file, trial);
    trials.push(trial);
    await plan.onTrial(trials);
    progress.note(`trial ${n} of ${drawn.length}: ${describeTrial(trial)}`);
  }
  return { trials, best: bestOf(trials) };
}

/** The best trial; the earlier one of two that score alike. */
export function bestOf(trials: readonly Trial[]): Trial {
  return trials.reduce((best, trial) => (trial.score > best.score ? trial : best));
}

/** A trial in a line. */
export function describeTrial({ settings, score, seconds, peakMb }: Trial): string {
  const { dim, units, epochs, hidden, neighbours } = settings;
  const models =
    epochs === 0
      ? 'tables'
      : `dim ${dim}, units ${units}, epochs ${epochs}, hidden ${hidden.length > 0 ? hidden.join(',') : 'none'}`;
  return `${models}, neighbours ${neighbours} → ${score.toFixed(4)} in ${seconds.toFixed(0)} s, ${peakMb} MB`;
}

async function runTrial(
  { start, log, fitAndValidate, peakMb }: TrialPlan,
  trial: number,
  settings: TrialSettings,
): Promise<Trial> {
  const startedAt = performance.now();
  const { figures, score } = await fitAndValidate({ ...start, ...settings });
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  return {
    trial,
    seed: start.seed,
    settings: { ...settings, hidden: [...settings.hidden] },
    figures,
    score,
    seconds,
    peakMb: peakMb(),
    log,
  };
}

/** A log of trials goes on only where it left off. */
function assertSame({ start, log, file }: TrialPlan, found: Trial, drawn: TrialSettings | undefined): void {
  const remedy = 'Give --trials-log another file, or repeat the command that began it.';
  const fail = (what: string) => new TillsideError('input-invalid', `${file} holds trials ${what}. ${remedy}`);
  if (found.seed !== start.seed) throw fail(`of seed ${found.seed}, not ${start.seed}`);
  if (!isDeepStrictEqual({ ...found.log }, { ...log }))
    throw fail(`on another log, of ${found.log.events} events in ${found.log.sessions} sessions`);
  if (drawn !== undefined && !isDeepStrictEqual(found.settings, { ...drawn, hidden: [...drawn.hidden] }))
    throw fail(`of other settings: trial ${found.trial} has ${JSON.stringify(found.settings)}, not ${JSON.stringify(drawn)}`);
}
