// In: answers of the whole model, and the model with a part off. Out: what each part brings. Runs in Node.
import type { ProgressReporter } from '../../progress.js';
import type { Interval } from '../bootstrap.js';
import { type Answers, answer, type Compared, pairedGain } from '../evaluate.js';
import { rankingMetrics } from '../metrics.js';
import { type Round, type Setting, sliceRound } from '../tabulate.js';
import type { AblatedPart } from './bundle-parts.js';

/** What is lost when a part is switched off and nothing is fitted again: a retrained model would make up for some of it. */
export interface Ablation extends Setting {
  readonly queries: number;
  readonly rows: readonly AblationRow[];
}

export interface AblationRow {
  /** the part that is off; `nothing` is the whole model */
  readonly off: string;
  /** bytes of the bundle that would go with it */
  readonly bytes: number;
  readonly hr4: number;
  readonly hr10: number;
  readonly hr20: number;
  readonly mrr20: number;
  /** what the part brings: the whole model's figure less this one, paired; absent for the whole model */
  readonly brings?: readonly (Interval & Compared)[];
}

const COMPARED: readonly Compared[] = [
  { figure: 'HR', k: 4 },
  { figure: 'HR', k: 10 },
  { figure: 'HR', k: 20 },
  { figure: 'MRR', k: 20 },
];

/** Asks the questions of a round with each part off. @param round its first answers are the whole model's */
export function ablate(
  parts: readonly AblatedPart[],
  { round, setting, progress }: { readonly round: Round; readonly setting: Setting; readonly progress: ProgressReporter },
): Ablation {
  const { queries, answers, resamples } = sliceRound(round, [...round.queries.keys()]);
  const whole = answers[0] as Answers;
  progress.stage('parts switched off', parts.length * queries.length);
  const rows = parts.map(({ name, bytes, recommender, isIdle }, p): AblationRow => {
    const tick = (done: number) => progress.tick(p * queries.length + done, name);
    const without = isIdle ? whole : answer(recommender, queries, tick);
    const brings = COMPARED.map((compared) => ({ ...compared, ...pairedGain(whole, without, { resamples, ...compared }) }));
    return { off: name, bytes, ...figuresOf(without), brings };
  });
  progress.done();
  return { ...setting, queries: queries.length, rows: [{ off: 'nothing', bytes: 0, ...figuresOf(whole) }, ...rows] };
}

function figuresOf({ ranks }: Answers): Pick<AblationRow, 'hr4' | 'hr10' | 'hr20' | 'mrr20'> {
  const at = (k: number) => rankingMetrics(ranks, k);
  return { hr4: at(4).hr, hr10: at(10).hr, hr20: at(20).hr, mrr20: at(20).mrr };
}
