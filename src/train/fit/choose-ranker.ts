// In: questions of sessions that the tables have not seen. Out: the ranker that orders their candidates best, without the parts that bring nothing. Node.
import type { RecipeChoices } from '../recipe/choose-recipe.js';
import { createRankerBench, type FittedRanker, type RankerBench, type RankerFit, type TriedRanker, worthOf } from './ranker.js';
import type { RankerFigures } from './ranker-figures.js';
import { gainOf, isEarned, type RankerGain } from './ranker-gain.js';
import { RANKER_PARTS, type RankerPart } from './ranker-parts.js';

/** What validation chose. */
export interface RankerChoice {
  /** hidden layers, widest first; none is a logistic regression */
  readonly hidden: readonly number[];
  readonly epochs: number;
  /** whether the tables alone order candidates better than any ranker */
  readonly isTableBetter: boolean;
  /** on the last quarter of the questions, by method */
  readonly validation: Readonly<Record<string, RankerFigures>>;
  /** what each part brought there, and whether it stayed; absent: it was not asked */
  readonly parts: Readonly<Partial<Record<RankerPart, PartWorth>>>;
}

/** What a part brings over the same ranker fitted without it. */
export interface PartWorth extends RankerGain {
  readonly isKept: boolean;
}

/** What may be chosen, and which parts have to earn their place: those that are `auto`, as both are where nothing is said. */
export interface RankerWishes extends Partial<Pick<RecipeChoices, 'session' | 'features'>> {
  readonly hiddens: readonly (readonly number[])[];
}

/** A ranker, and whether it reads the session model. */
export interface ChosenRanker {
  readonly ranker: FittedRanker;
  readonly choice: RankerChoice;
  readonly hasSession: boolean;
}

/** The tables alone must be better by this share to do without a ranker: it also reads what they cannot. */
const TABLE_MARGIN = 1.02;

/** Groups of features, in the order in which they are muted: each beside those that have not gone before. */
const FEATURE_PARTS: readonly RankerPart[] = ['popularity features', 'behaviour features', 'context features', 'own purchases'];

/** Fewer held questions say nothing of features, which cost no bytes: then all stay. */
const LEAST_QUESTIONS = 400;

/** The parts as they are found out. */
type Parts = Partial<Record<RankerPart, PartWorth>>;

/**
 * Chooses hidden layers and epochs on the newest quarter of the questions, then leaves out the parts without which a ranker finds as much there,
 * within a standard error.
 */
export function chooseRanker(fit: RankerFit, { hiddens, session = 'auto', features = 'auto' }: RankerWishes): ChosenRanker {
  const hasSession = fit.tables.scoreSession !== undefined;
  const parts: Parts = {};
  const asks = { session: hasSession && session === 'auto', features: features === 'auto' };
  const tried = tryOn(createRankerBench(fit), { hiddens, parts, asks });
  if (tried.sessionless === undefined) return { ...tried.chosen, hasSession };
  // Without the vectors candidates are others too: only on those can be seen what the session model brings.
  const { scoreSession: _none, ...tables } = fit.tables;
  const bench = createRankerBench({ ...fit, tables });
  const without = bench.fitOn(bench.mute(tried.sessionless, []));
  parts['session model'] = worthBeside(bench, tried.best, without);
  if (parts['session model'].isKept) return { ...tried.chosen, hasSession };
  return { ...choiceOf(bench, without, { validation: tried.validation, parts }), hasSession: false };
}

/**
 * Tries every shape on a bench, then does without the features that bring nothing.
 *
 * @returns `sessionless`: the best without the session model's features, if it finds as much as with them
 */
function tryOn(
  bench: RankerBench,
  { hiddens, parts, asks }: Pick<RankerWishes, 'hiddens'> & { parts: Parts; asks: { session: boolean; features: boolean } },
) {
  const validation: Record<string, RankerFigures> = {};
  const tried = hiddens.map((hidden) => {
    const ranker = bench.fit(hidden, []);
    validation[hidden.length > 0 ? `mlp ${hidden.join(',')}` : 'logistic'] = ranker.figures;
    return ranker;
  });
  const fitted = firstUnlessBeaten(tried, bench.sessions);
  const best = asks.features ? withoutIdle(bench, fitted, parts) : fitted;
  const without = asks.session ? bench.fitOn(bench.mute(best, RANKER_PARTS['session model'])) : undefined;
  const worth = without && worthBeside(bench, best, without);
  if (worth) parts['session model'] = worth;
  const sessionless = worth?.isKept === false ? without : undefined;
  return { best, sessionless, validation, chosen: choiceOf(bench, best, { validation, parts }) };
}

/** The first ranker but where a later one finds more, by more than a standard error: what is nearer to chance changes with the seed. @param sessions of the questions */
export function firstUnlessBeaten<T extends Pick<TriedRanker, 'ranks'>>(tried: readonly T[], sessions: readonly string[]): T {
  return tried.reduce((best, next) => (isEarned(gainOf(next.ranks, best.ranks, sessions)) ? next : best));
}

/**
 * Mutes groups of features that bring nothing even to a ranker that never learnt to do without them, as long as all of them together bring
 * nothing to one that did.
 */
function withoutIdle(bench: RankerBench, best: TriedRanker, parts: Parts): TriedRanker {
  if (best.ranks.length < LEAST_QUESTIONS) return best;
  let muted = best;
  for (const part of FEATURE_PARTS) {
    if (!bench.hasLive(RANKER_PARTS[part])) continue;
    const without = bench.mute(muted, RANKER_PARTS[part]);
    parts[part] = worthBeside(bench, muted, without);
    if (!parts[part].isKept) muted = without;
  }
  if (muted === best) return best;
  const without = bench.fitOn(muted);
  if (!worthBeside(bench, best, without).isKept) return without;
  for (const part of FEATURE_PARTS) if (parts[part]) parts[part] = { ...parts[part], isKept: true };
  return best;
}

function worthBeside({ sessions }: RankerBench, whole: TriedRanker, without: TriedRanker): PartWorth {
  const gain = gainOf(whole.ranks, without.ranks, sessions);
  return { ...gain, isKept: isEarned(gain) };
}

function choiceOf(
  bench: RankerBench,
  best: TriedRanker,
  { validation, parts }: Pick<RankerChoice, 'validation' | 'parts'>,
): Omit<ChosenRanker, 'hasSession'> {
  const { hidden, epochs, figures } = best;
  const isTableBetter = figures.mrr20 <= 0 || worthOf(bench.table) > worthOf(figures) * TABLE_MARGIN;
  const choice = { hidden, epochs, isTableBetter, validation: { tables: bench.table, ...validation, chosen: figures }, parts };
  return { ranker: bench.finish(best), choice };
}
