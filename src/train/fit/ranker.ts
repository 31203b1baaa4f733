// In: questions of sessions that the tables have not seen. Out: the ranker that orders their candidates best. Node; TF.js on wasm.
import { CANDIDATE_FEATURES } from '../../core/features/feature-names.js';
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
import { measureRanker, type RankerFigures } from './ranker-figures.js';
import { createRankerLearner, type RankerLearner } from './ranker-learner.js';

/** A fitted ranker. */
export interface FittedRanker {
  readonly layers: readonly DenseLayer[];
  readonly candidate: Normalisation;
}

/** What validation chose. */
export interface RankerChoice {
  /** hidden layers, widest first; none is a logistic regression */
  readonly hidden: readonly number[];
  readonly epochs: number;
  /** whether the tables alone order candidates better than any ranker */
  readonly isTableBetter: boolean;
  /** on the last quarter of the questions, by method */
  readonly validation: Readonly<Record<string, RankerFigures>>;
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
/** The tables alone must be better by this share to do without a ranker: it also reads what they cannot. */
const TABLE_MARGIN = 1.02;

/** Chooses hidden layers and epochs on the newest quarter of the questions, and returns the ranker fitted on the rest. */
export function chooseRanker(
  fit: RankerFit,
  hiddens: readonly (readonly number[])[],
): { ranker: FittedRanker; choice: RankerChoice } {
  const cut = Math.floor(fit.queries.length * (1 - VALIDATION_SHARE));
  const { learn, held, candidate } = prepare(fit, cut);
  const table = measureRanker(held, ({ tableScores }) => tableScores);
  const validation: Record<string, RankerFigures> = { tables: table };
  const tried = hiddens.map((hidden) => {
    const result = fitUntilWorse(learn, held, { hidden, fit });
    validation[hidden.length > 0 ? `mlp ${hidden.join(',')}` : 'logistic'] = result.figures;
    return result;
  });
  const best = tried.reduce((a, b) => (worthOf(b.figures) > worthOf(a.figures) ? b : a));
  const isTableBetter = best.figures.mrr20 <= 0 || worthOf(table) > worthOf(best.figures) * TABLE_MARGIN;
  const { hidden, epochs } = best;
  return {
    ranker: { layers: asShippedLayers(best.layers, candidate), candidate },
    choice: { hidden, epochs, isTableBetter, validation },
  };
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

function fitUntilWorse(
  learn: readonly RankerExample[],
  held: readonly RankerExample[],
  { hidden, fit }: { hidden: readonly number[]; fit: RankerFit },
) {
  const learner = createLearner(fit, hidden);
  let best = { hidden, epochs: 0, layers: learner.layers(), figures: { hr10: 0, mrr20: -1 } as RankerFigures };
  fit.progress.stage(hidden.length > 0 ? `ranker ${hidden.join(',')}` : 'ranker, logistic', MAX_EPOCHS);
  for (let epoch = 0; epoch < MAX_EPOCHS && epoch < best.epochs + PATIENCE && !fit.isTimeUp(); epoch++) {
    const loss = learner.learnEpoch(learn, rateAt(epoch));
    const layers = learner.layers();
    const figures = measureRanker(held, ({ features, candidates }) => runLayers(layers, features, candidates));
    if (worthOf(figures) > worthOf(best.figures)) best = { hidden, epochs: epoch + 1, layers, figures };
    fit.progress.tick(epoch + 1, `loss ${loss.toFixed(3)}, MRR@20 ${figures.mrr20.toFixed(4)}`);
  }
  fit.progress.done();
  learner.dispose();
  return best;
}

function createLearner({ seed, warm }: RankerFit, hidden: readonly number[]): RankerLearner {
  const sizes = [WIDTH, ...hidden, 1];
  return createRankerLearner(sizes, createRandom(seed, 'ranker'), warm && warmRanker(warm, sizes));
}

/** What rankers are compared by: whether the right item is among ten, and how high. */
function worthOf({ hr10, mrr20 }: RankerFigures): number {
  return hr10 + mrr20;
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
