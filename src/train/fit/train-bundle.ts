// In: a log and a catalogue. Out: a packed bundle with the figures of the same recipe on sessions it had not seen. Node, main thread.
import { TillsideError } from '../../core/errors.js';
import type { Manifest } from '../../core/model/manifest.schema.js';
import { DEFAULT_BLEND, type TableBlend } from '../../core/model/table-blend.js';
import { type PackedBundle, packBundle, readPacked } from '../bundle/pack-bundle.js';
import { isBefore, type WarmStart } from '../bundle/read-warm-start.js';
import { evaluateLog, protocolsFor } from '../evaluate/evaluate-log.js';
import { BRIEF_COLUMNS, toSheet } from '../evaluate/report-sheet.js';
import { createBundleRecommender } from '../evaluate/session-recommender.js';
import type { CatalogRow, EventLog, SessionRange } from '../event-log.js';
import { trainPart, trainSessions } from '../input/select-sessions.js';
import type { ProgressReporter } from '../progress.js';
import { chooseRecipe, choicesOf } from '../recipe/choose-recipe.js';
import { describeLog } from '../recipe/describe-log.js';
import { TRAIN_SHARE, type TrainingRecord, type TrainSettings } from '../settings.js';
import { describeParts } from './describe-parts.js';
import { fitTableBlend, measureBothSizes } from './fit-table-blend.js';
import { createFittedRuntime, type FittedBundle, toScoringTables } from './fitted-bundle.js';
import { chooseRanker, type RankerChoice } from './choose-ranker.js';
import { chooseTables, type MeasureTables } from './choose-tables.js';
import type { FittedRanker, RankerFit } from './ranker.js';
import type { RankerFigures } from './ranker-figures.js';
import { makeRankerQueries } from './ranker-queries.js';
import type { ChosenNearness } from './nearness.js';
import type { EaseShape } from './restricted-ease.js';
import { openTensorflow } from './tensorflow.js';
import { createTimeBudget } from './time-budget.js';
import { constantOf, fitRange, type RangeFit, type Trainer, withSession } from './fit-range.js';

/** Fewer sessions cannot be split. */
const LEAST_SESSIONS = 2;
/** Questions that a ranker learns from and is chosen by. */
const MAX_RANKER_QUERIES = 16_000;
/** Questions of each protocol that a fit is measured on. */
const MAX_MEASURED_QUERIES = 4000;
/** … and beside which baselines, where a brief measure is asked for. */
const BRIEF = { maxQueries: 1000, baselines: ['popularity', 'cosine-weighted'] } as const;
/** Newest questions by which the tables are chosen and blended. */
const MAX_BLEND_QUERIES = 4000;
/** Of quick bundles of browsing logs: what every one tried chose on validation, within a step; what was seen outweighs what goes with it. */
const BROWSING_BLEND: TableBlend = DEFAULT_BLEND.with(1, 0.2);

/** What the first 80 % of the sessions chose. */
interface Choices {
  /** what they were chosen by, for the next fit to continue; absent where nothing was */
  readonly first?: RangeFit;
  readonly easeShape?: EaseShape | undefined;
  readonly nearness?: ChosenNearness | undefined;
  readonly blend: TableBlend;
  readonly blendFigures?: RankerFigures;
  /** absent where no models are asked for */
  readonly choice?: RankerChoice;
  /** absent in a table-only bundle */
  readonly ranker?: FittedRanker;
  /** whether the ranker reads a session model */
  readonly hasSession?: boolean;
}

/** Share of `maxMinutes`. */
const RANKER_SHARE = 0.07;
/** Shares of `maxMinutes` that must be left for measuring beside every baseline, and for fitting all sessions at the end. */
const BRIEF_BELOW = 0.5;
const REFIT_ABOVE = 0.25;

/** What a fit reads. */
export interface TrainingData {
  readonly log: EventLog;
  readonly catalog: readonly CatalogRow[];
  readonly warm?: WarmStart;
}

/** A fit on the first 80 % of the sessions, and what it takes to measure it and to go on. */
export interface MeasuredFit {
  readonly trainer: Trainer;
  readonly fitted: FittedBundle;
  readonly choices: Choices;
  readonly range: RangeFit;
  /** the sessions it has not seen */
  readonly test: SessionRange;
}

/**
 * Fits a bundle. The first 80 % of the sessions are split again: tables and session model on their first 80 %, the ranker chosen
 * on the rest; that ranker on the tables of all 80 % is what is measured on the last 20 %. Then, with `refit`, tables and session model are
 * fitted once more, on all sessions; the ranker, which reads shares and places of their scores, stays as it was measured. Of carts each fit
 * continues the one before it.
 */
export async function trainBundle(
  data: TrainingData,
  settings: TrainSettings,
  progress: ProgressReporter,
): Promise<PackedBundle> {
  const measured = await fitTrainPart(data, settings, progress);
  const { trainer, fitted, choices, range, test } = measured;
  const { log, budget } = trainer;
  const metrics = measure(measured);
  const record = recordOf(measured);
  const isRefit = settings.refit && budget.left() >= REFIT_ABOVE;
  if (settings.refit && !isRefit) budget.cut('not fitted on the last 20 % of the sessions');
  if (!isRefit) return packBundle(fitted, { settings, metrics, training: record(range.range), now: Date.now() });

  const all = { from: 0, to: test.to };
  const final = fitRange(chosenTrainer(trainer, choices), all, range);
  return packBundle(assemble(log, final, choices), {
    settings,
    metrics,
    training: record(all),
    now: Date.now(),
  });
}

/** Chooses and fits on the first 80 % of the sessions. @throws {TillsideError} `input-empty` */
export async function fitTrainPart(
  { log, catalog, warm }: TrainingData,
  settings: TrainSettings,
  progress: ProgressReporter,
): Promise<MeasuredFit> {
  await openTensorflow();
  if (log.sessionIds.length < LEAST_SESSIONS) {
    throw new TillsideError(
      'input-empty',
      `The log has ${log.sessionIds.length} session with items; it takes ${LEAST_SESSIONS}. Give a longer export.`,
    );
  }
  const recipe = settings.recipe ?? choicesOf(chooseRecipe(describeLog(trainPart(log))));
  const budget = createTimeBudget(settings.maxMinutes);
  const trainer: Trainer = { log, catalog, settings: { ...settings, recipe }, progress, budget, warm };
  const cut = trainSessions(log);
  const seen = { from: 0, to: cut };

  // A start that knows the answers would measure its memory.
  const unseen = log.startedAt[Math.floor(cut * TRAIN_SHARE)] as number;
  const measurer = warm && isBefore(warm, unseen) ? trainer : { ...trainer, warm: undefined };
  const choices = choose(measurer, seen);
  const range = fitRange(chosenTrainer(measurer, choices), seen, choices.first);
  return { trainer, fitted: assemble(log, range, choices), choices, range, test: { from: cut, to: log.sessionIds.length } };
}

/** What later fits of the log need not ask again. */
function chosenTrainer({ settings, ...trainer }: Trainer, { easeShape, nearness, choice, hasSession }: Choices): Trainer {
  const { recipe } = settings;
  const isLeftOut = recipe?.session === 'auto' && choice !== undefined && hasSession !== true;
  return {
    ...trainer,
    easeShape,
    nearness,
    settings: isLeftOut ? { ...settings, recipe: { ...recipe, session: 'off' } } : settings,
  };
}

/** Chooses, inside the first 80 %, how carts are read, how the tables are blended, and the ranker. */
function choose(trainer: Trainer, { to }: SessionRange): Choices {
  const cut = Math.floor(to * TRAIN_SHARE);
  const [range, held] = [
    { from: 0, to: cut },
    { from: cut, to },
  ];
  const { recipe, brief, epochs } = trainer.settings;
  if (brief && epochs === 0) return { blend: trainer.log.kind === 'carts' ? DEFAULT_BLEND : BROWSING_BLEND };
  const { tables: read, easeShape, nearness } = chooseTables(trainer, range, measureOnHeld(trainer, range, held));
  const first = withSession(trainer, { range, tables: read });
  const fit = rankerFit(trainer, first, held);
  const { blend, figures } = fitTableBlend(fit.tables, fit.queries.slice(brief ? -BRIEF.maxQueries : -MAX_BLEND_QUERIES));
  const tables = { first, easeShape, nearness, blend, blendFigures: figures };
  if (epochs === 0) return tables;
  const { hidden } = trainer.settings;
  const wishes = { hiddens: hidden.length > 0 ? [hidden, []] : [[]], ...recipe };
  const { choice, ...chosen } = chooseRanker({ ...fit, tables: { ...fit.tables, blend } }, wishes);
  return choice.isTableBetter ? { ...tables, choice } : { ...tables, choice, ...chosen };
}

/** Asks tables of a range what comes after it. All fits of a range know the same items: their questions are made once. */
function measureOnHeld(trainer: Trainer, range: SessionRange, held: SessionRange): MeasureTables {
  let queries: RankerFit['queries'] | undefined;
  return (tables) => {
    queries ??= rankerFit(trainer, { range, tables }, held).queries;
    return measureBothSizes(toScoringTables(trainer.log.kind, tables), queries, MAX_BLEND_QUERIES);
  };
}

/** The ranker's questions come from sessions after those of its tables: else it would learn to trust what they know by heart. */
function rankerFit(
  { log, settings, progress, budget, warm }: Trainer,
  { tables, session }: RangeFit,
  range: SessionRange,
): RankerFit {
  const isKnown = (itemId: string) => tables.index.rowOf(itemId) > 0;
  const queries = makeRankerQueries(log, range, { isKnown, seed: settings.seed, maxQueries: MAX_RANKER_QUERIES });
  return {
    tables: toScoringTables(log.kind, tables, session),
    queries,
    seed: settings.seed,
    progress,
    isTimeUp: budget.deadline('the ranker', RANKER_SHARE),
    isConstant: constantOf(settings),
    warm,
  };
}

function assemble({ kind }: EventLog, { tables, session }: RangeFit, { blend, ranker }: Choices): FittedBundle {
  return ranker ? { log: kind, tables, blend, models: { session, ranker } } : { log: kind, tables, blend };
}

function measure({ trainer, fitted, range, test }: MeasuredFit): Manifest['metrics'] {
  const { log, settings, progress, budget } = trainer;
  const packed = packBundle(fitted, { settings, metrics: {}, training: {}, now: 0 });
  const model = createBundleRecommender(readPacked(packed), fitted.models && createFittedRuntime(fitted.models));
  const protocols = protocolsFor(log).filter((protocol) => protocol !== 'growing-cart');
  const plan = { log, train: range.range, test, model, seeds: [settings.seed], protocols };
  const limits = settings.brief || budget.left() < BRIEF_BELOW ? BRIEF : { maxQueries: MAX_MEASURED_QUERIES };
  if (limits === BRIEF && !settings.brief) budget.cut('measured on fewer questions, beside two baselines only');
  return { ...toSheet(evaluateLog({ ...plan, ...limits, progress }), BRIEF_COLUMNS) };
}

function recordOfRanker({ parts, ...ranker }: RankerChoice) {
  return { ranker, parts: describeParts(parts) };
}

function recordOf({ trainer: { log, settings, budget }, range: measured, choices }: MeasuredFit) {
  return ({ from, to }: SessionRange): TrainingRecord & Record<string, unknown> => ({
    settings,
    until: new Date(log.startedAt[to - 1] as number).toISOString(),
    sessions: to - from,
    events: (log.sessionStarts[to] as number) - (log.sessionStarts[from] as number),
    measuredUntil: new Date(log.startedAt[measured.range.to - 1] as number).toISOString(),
    sessionLosses: measured.session?.losses ?? [],
    ...(measured.session && { sessionEpoch: measured.session.epoch }),
    ...(choices.easeShape && { carts: choices.easeShape }),
    ...(choices.nearness && { nearness: choices.nearness }),
    ...(choices.blendFigures && { tables: choices.blendFigures }),
    ...(choices.choice && recordOfRanker(choices.choice)),
    ...(budget.cuts.length > 0 && { cut: [...budget.cuts] }),
  });
}
