// In: questions of sessions that the tables have not seen. Out: rankers of their candidates, and how well each orders them. Node; TF.js on wasm.
import type { Signal } from '../../core/domain/slate.js';
import { type CandidateFeature, CANDIDATE_FEATURES, signalOf } from '../../core/features/feature-names.js';
import { type Normalisation, normalise } from '../../core/features/normalisation.js';
import type { ScoringTables } from '../../core/model/scorer.js';
import type { Query } from '../evaluate/query.js';
import { type WarmStart, warmRanker } from '../bundle/read-warm-start.js';
import type { ProgressReporter } from '../progress.js';
import { type DenseLayer, runLayers } from './dense-layers.js';
import { asShipped } from './float16.js';
import { fitNormalisation, holdConstant } from './fit-normalisation.js';
import { createRandom } from './random.js';
import { createExampleMaker, type RankerExample, thinExample } from './ranker-examples.js';
import { figuresOf, measureRanker, type RankerFigures, ranksOf } from './ranker-figures.js';
import { createRankerLearner } from './ranker-learner.js';

/** A fitted ranker. */
export interface FittedRanker {
  readonly layers: readonly DenseLayer[];
  readonly candidate: Normalisation;
}

/** A ranker fitted until validation got no better. */
export interface TriedRanker {
  /** hidden layers, widest first; none is a logistic regression */
  readonly hidden: readonly number[];
  readonly epochs: number;
  readonly layers: readonly DenseLayer[];
  readonly figures: RankerFigures;
  /** of the targets of the held questions, 1 is first */
  readonly ranks: Float64Array;
  /** signals whose features it does not read */
  readonly muted: readonly Signal[];
}

/** Questions with the candidates of one set of tables, on which rankers are fitted and compared. */
export interface RankerBench {
  /** what the tables alone make of the held questions */
  readonly table: RankerFigures;
  /** the session of each held question */
  readonly sessions: readonly string[];
  fit(hidden: readonly number[], muted: readonly Signal[]): TriedRanker;
  /** The same ranker with more signals muted and nothing fitted again: what they bring is then overstated. */
  mute(tried: TriedRanker, signals: readonly Signal[]): TriedRanker;
  /** Fits a ranker on for a few epochs, so that it learns to do without what is muted. */
  fitOn(tried: TriedRanker): TriedRanker;
  /** Whether a feature of one of these signals varies. */
  hasLive(signals: readonly Signal[]): boolean;
  /** The ranker as a device reads it. */
  finish(tried: TriedRanker): FittedRanker;
}

export interface RankerFit {
  readonly tables: ScoringTables;
  readonly queries: readonly Query[];
  readonly seed: number;
  readonly progress: ProgressReporter;
  isTimeUp(): boolean;
  /** features that are fed as 0 though they vary */
  isConstant(feature: string): boolean;
  /** whose layers the fit starts from, where sizes match */
  readonly warm?: WarmStart | undefined;
}

const WIDTH = CANDIDATE_FEATURES.length;
/** Share of the questions, the newest, that choose between rankers and end their fit. */
const VALIDATION_SHARE = 0.25;
/** Candidates of a training question. */
const KEPT_CANDIDATES = 64;
const MAX_EPOCHS = 20;
/** Epochs without a better validation figure before a fit ends. */
const PATIENCE = 3;
/** Epochs at most in which a fitted ranker learns to do without a part. */
const MORE_EPOCHS = 4;
/** Of a ranker that no epoch was left for. */
const NOTHING: RankerFigures = { hr10: 0, mrr20: -1 };

/** Makes the questions' candidates. The newest quarter is held: it ends fits, and rankers are compared on it. */
export function createRankerBench(fit: RankerFit): RankerBench {
  const cut = Math.floor(fit.queries.length * (1 - VALIDATION_SHARE));
  const { learn, held, candidate } = prepare(fit, cut);
  const columnsOf = (signals: readonly Signal[]) =>
    CANDIDATE_FEATURES.flatMap((name, column) => (signals.includes(signalOf(name)) ? [column] : []));
  const ranksBy = (layers: readonly DenseLayer[]) =>
    ranksOf(held, ({ features, candidates }) => runLayers(layers, features, candidates));
  const fitFrom = (start: Pick<TriedRanker, 'hidden' | 'muted'> & Partial<TriedRanker>): TriedRanker => ({
    ...fitUntilWorse({ learn, ranksBy }, fit, { ...start, columns: columnsOf(start.muted) }),
    muted: start.muted,
  });
  return {
    table: measureRanker(held, ({ tableScores }) => tableScores),
    sessions: fit.queries.slice(cut).map(({ sessionId }) => sessionId),
    fit: (hidden, muted) => fitFrom({ hidden, muted }),
    mute(tried, signals) {
      const muted = [...tried.muted, ...signals];
      const layers = withoutColumns(tried.layers, columnsOf(muted));
      const ranks = ranksBy(layers);
      return { ...tried, layers, ranks, figures: figuresOf(ranks), muted };
    },
    fitOn: fitFrom,
    hasLive: (signals) => columnsOf(signals).some((column) => (candidate.deviation[column] as number) > 0),
    finish({ layers, muted }) {
      const read = holdConstant(candidate, (name) => muted.includes(signalOf(name as CandidateFeature)));
      return { layers: asShippedLayers(layers, read), candidate: read };
    },
  };
}

/** What rankers are compared by: whether the right item is among ten, and how high. */
export function worthOf({ hr10, mrr20 }: RankerFigures): number {
  return hr10 + mrr20;
}

/** Makes the examples: the first `cut` questions thinned to learn from, the rest whole to measure on; all normalised by the former. */
function prepare({ tables, queries, seed, progress, isConstant }: RankerFit, cut: number) {
  const makeExample = createExampleMaker(tables);
  const random = createRandom(seed, 'candidates');
  const learn: RankerExample[] = [];
  const held: RankerExample[] = [];
  progress.stage('candidates', queries.length);
  queries.forEach((query, i) => {
    const example = makeExample(query);
    if (i >= cut) held.push(example);
    else if (example.target >= 0) learn.push(thinExample(example, KEPT_CANDIDATES, random));
    progress.tick(i + 1);
  });
  progress.done();
  const fitted = fitNormalisation(
    CANDIDATE_FEATURES,
    learn.map(({ features }) => features),
  );
  const candidate = holdConstant(fitted, isConstant);
  for (const { features } of [...learn, ...held]) normalise(features, candidate);
  return { learn, held, candidate };
}

interface FitStart extends Partial<TriedRanker> {
  readonly hidden: readonly number[];
  /** that are fed as 0 */
  readonly columns: readonly number[];
}

/** Fits from nothing until validation gets no better, or a ranker that is given for a few epochs more. */
function fitUntilWorse(
  { learn, ranksBy }: { learn: readonly RankerExample[]; ranksBy: (layers: readonly DenseLayer[]) => Float64Array },
  { seed, warm, progress, isTimeUp }: RankerFit,
  { hidden, columns, layers: start, epochs: done = 0, ...before }: FitStart,
): Omit<TriedRanker, 'muted'> {
  const sizes = [WIDTH, ...hidden, 1];
  const layers = start ?? (warm && warmRanker(warm, sizes));
  const learner = createRankerLearner(sizes, createRandom(seed, 'ranker'), { layers, muted: columns });
  const { figures = NOTHING, ranks = new Float64Array() } = before;
  let best = { hidden, epochs: done, layers: withoutColumns(learner.layers(), columns), figures, ranks };
  const end = start ? done + MORE_EPOCHS : MAX_EPOCHS;
  progress.stage(hidden.length > 0 ? `ranker ${hidden.join(',')}` : 'ranker, logistic', end - done);
  for (let epoch = done; epoch < end && epoch < best.epochs + PATIENCE && !isTimeUp(); epoch++) {
    const loss = learner.learnEpoch(learn, rateAt(epoch));
    const tried = withoutColumns(learner.layers(), columns);
    const found = ranksBy(tried);
    const measured = figuresOf(found);
    if (worthOf(measured) > worthOf(best.figures))
      best = { hidden, epochs: epoch + 1, layers: tried, figures: measured, ranks: found };
    progress.tick(epoch + 1 - done, `loss ${loss.toFixed(3)}, MRR@20 ${measured.mrr20.toFixed(4)}`);
  }
  progress.done();
  learner.dispose();
  return best;
}

/** Layers that read these columns as 0. */
function withoutColumns(layers: readonly DenseLayer[], columns: readonly number[]): readonly DenseLayer[] {
  const [first, ...rest] = layers;
  if (!first) return layers;
  const kernel = first.kernel.slice();
  for (const column of columns) kernel.fill(0, column * first.outputs, (column + 1) * first.outputs);
  return [{ ...first, kernel }, ...rest];
}

/** Layers as a device reads them: from float16, and 0 for a feature that never varied, whose weights are still what they were drawn as. */
function asShippedLayers(layers: readonly DenseLayer[], { deviation }: Normalisation): DenseLayer[] {
  return layers.map(({ inputs, outputs, kernel, bias }, i) => {
    const isLive = (place: number) => i > 0 || (deviation[Math.floor(place / outputs)] as number) > 0;
    return {
      inputs,
      outputs,
      kernel: asShipped(kernel).map((weight, place) => (isLive(place) ? weight : 0)),
      bias: asShipped(bias),
    };
  });
}

/** The learning rate falls to a tenth over the epochs. */
function rateAt(epoch: number): number {
  return 0.1 ** (epoch / MAX_EPOCHS);
}
