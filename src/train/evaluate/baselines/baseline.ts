import type { EventLog, SessionRange } from '../../event-log.js';
import type { Protocol, Query } from '../query.js';
import type { Recommender } from '../recommender.js';
import type { SessionSets } from './session-sets.js';

/** A baseline's hyper-parameters by name. */
export type BaselineSettings = Readonly<Record<string, number>>;

/** What the sources of a learned baseline give for one question. */
export interface Candidates {
  readonly itemIds: readonly string[];
  /** `[items, PAIR_FEATURES.length]` */
  readonly features: Float64Array;
}

/** A linear model of the most sold items. */
export interface EaseModel {
  /** item numbers that the model knows, most sold first */
  readonly items: Uint32Array;
  /** 0, 1, 2 … of all of them */
  readonly places: Uint32Array;
  /** where an item stands among them */
  placeOf(itemId: string): number | undefined;
  /** Scores every known item for what is shown. @returns `[items]`, shared: read it before the next call */
  score(query: Query): Float64Array;
}

/** The sessions that a baseline is fitted on. */
export interface FitData {
  readonly log: EventLog;
  readonly range: SessionRange;
  readonly sets: SessionSets;
  /** what a baseline that learns from questions asks itself */
  readonly protocol: Protocol;
  readonly seed: number;
  /** EASE^R of these sessions by ridge, kept: an inverse takes seconds and two baselines read it */
  ease(ridge: number): EaseModel;
  /** what could answer a question and what a learned baseline knows of it */
  candidatesOf(query: Query): Candidates;
  /** What two baselines or two settings read is made once, when first asked for. */
  once<T>(name: string, make: () => T): T;
}

/** What a fit is made from. */
export type FitAbout = Pick<FitData, 'log' | 'range' | 'protocol' | 'seed'>;

/** One choice of a baseline's hyper-parameters, ready to fit. */
export interface Variant {
  readonly settings: BaselineSettings;
  fit(data: FitData): Recommender;
}

/** A method that a bundle must beat. */
export interface Baseline {
  readonly name: string;
  /** what is tried on validation, the usual choice first */
  readonly variants: readonly Variant[];
}

/** A baseline with a small grid of settings, the usual first. */
export function overGrid<S extends BaselineSettings>(
  name: string,
  grid: readonly S[],
  create: (data: FitData, settings: S) => Recommender,
): Baseline {
  return { name, variants: grid.map((settings) => ({ settings, fit: (data) => create(data, settings) })) };
}

/** A baseline without settings. */
export function fixed(name: string, create: (data: FitData) => Recommender): Baseline {
  return { name, variants: [{ settings: {}, fit: create }] };
}
