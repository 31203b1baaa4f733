// In: a range of a log. Out: its tables and session model, from nothing or from a fit of earlier sessions. Node, main thread.
import type { WarmStart } from '../bundle/read-warm-start.js';
import type { CatalogRow, EventLog, SessionRange } from '../event-log.js';
import type { ProgressReporter } from '../progress.js';
import { constantFeaturesOf } from '../recipe/choose-recipe.js';
import { fitsSession, type TrainSettings } from '../settings.js';
import type { ChosenNearness } from './nearness.js';
import type { EaseShape } from './restricted-ease.js';
import type { RangeReading } from './range-reading.js';
import { fitSessionModel, type FittedSession } from './session-model.js';
import { type FittedTables, fitTables } from './tables.js';
import type { TimeBudget } from './time-budget.js';

/** Tables and session model of one range of sessions. */
export interface RangeFit {
  readonly range: SessionRange;
  readonly tables: FittedTables;
  readonly session?: FittedSession;
}

/** What fits of several ranges of one log have in common. */
export interface Trainer {
  readonly log: EventLog;
  readonly catalog: readonly CatalogRow[];
  readonly settings: TrainSettings;
  readonly progress: ProgressReporter;
  readonly budget: TimeBudget;
  readonly warm?: WarmStart | undefined;
  readonly easeShape?: EaseShape | undefined;
  readonly nearness?: ChosenNearness | undefined;
}

/** Shares of `maxMinutes` of the first fit; those that continue it take a part of them. The rest is for tables, measuring and writing. */
const SESSION_SHARE = 0.2;
const VECTOR_SHARE = 0.1;

/** Fits a range. @param before a fit of earlier sessions of the same log, to continue where no older bundle is started from */
export function fitRange(trainer: Trainer, range: SessionRange, before?: RangeFit): RangeFit {
  return withSession(trainer, { range, tables: fitTablesOf(trainer, range, { before }) }, before);
}

/** Fits the tables of a range. @param before as of `fitRange` @param reading as of `fitTables` */
export function fitTablesOf(
  trainer: Trainer,
  range: SessionRange,
  { before, reading }: { readonly before?: RangeFit | undefined; readonly reading?: RangeReading } = {},
): FittedTables {
  const { log, catalog, settings, progress, easeShape, nearness, budget } = trainer;
  const warm = trainer.warm ?? (before && continued(before, trainer));
  const isTimeUp = budget.deadline('the item vectors', VECTOR_SHARE);
  return fitTables(log, { range, catalog, reading, settings, progress, easeShape, nearness, warm, isTimeUp });
}

/** Adds a session model to the tables of a range, where the recipe has one. @param before as of `fitRange` */
export function withSession(trainer: Trainer, { range, tables }: RangeFit, before?: RangeFit): RangeFit {
  const { log, settings, progress, budget } = trainer;
  if (!fitsSession(settings)) return { range, tables };
  const warm = trainer.warm ?? (before && continued(before, trainer));
  const { index, embeddings, vocabulary } = tables;
  progress.stage('session model', 100);
  const isTimeUp = budget.deadline('the session model', SESSION_SHARE);
  const session = fitSessionModel(log, {
    ...settings,
    range,
    index,
    embeddings,
    popularity: vocabulary.popularity,
    progress,
    isTimeUp,
    isConstant: constantOf(settings),
    isPublic: tables.isPublic,
    ...(tables.isWarm && { warm }),
  });
  progress.done();
  return { range, tables, session };
}

/**
 * A fit as the start of the next. A vector of zeros says nothing: its item starts like a new one. Vectors of browsing logs start afresh but
 * in a quick bundle: what is new there counts most, and started from older ones they found 1 new item in 100 less.
 */
function continued({ range, tables, session }: RangeFit, { log, settings }: Trainer): WarmStart | undefined {
  const vectors = log.kind === 'carts' ? session?.weights[0] : tables.embeddings;
  if (vectors === undefined || (log.kind === 'sessions' && !(settings.brief && settings.epochs === 0))) return undefined;
  const { count } = tables.index;
  const dim = vectors.length / (count + 1);
  return {
    version: 0,
    until: range.to,
    items: count,
    dim,
    isOwn: true,
    vectorOf(itemId) {
      const row = tables.index.rowOf(itemId);
      const vector = vectors.subarray(row * dim, (row + 1) * dim);
      return row > 0 && vector.some((value) => value !== 0) ? vector : undefined;
    },
    ...(session && { session: session.weights.slice(1) }),
  };
}

/** Tells the features that a recipe feeds as 0. */
export function constantOf({ recipe }: TrainSettings): (feature: string) => boolean {
  return recipe ? constantFeaturesOf(recipe) : () => false;
}
