// In: a range of the log and first item embeddings. Out: the session model, its item table quantised as it ships. Node; TF.js on wasm.
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { BEHAVIOUR_FEATURES } from '../../core/features/feature-names.js';
import type { ItemIndex } from '../../core/features/item-index.js';
import type { Normalisation } from '../../core/features/normalisation.js';
import type { ItemTable } from '../../core/model/item-table.js';
import { type WarmStart, warmSession } from '../bundle/read-warm-start.js';
import type { EventLog, SessionRange } from '../event-log.js';
import type { ProgressReporter } from '../progress.js';
import { asShipped } from './float16.js';
import { fitNormalisation, holdConstant } from './fit-normalisation.js';
import { dequantise, quantise } from './quantise.js';
import { createRandom, type Random } from './random.js';
import { type SessionBatch, toBatches } from './session-batches.js';
import { createSessionEncoder } from './session-encoder.js';
import {
  buildSessionModel,
  initialWeights,
  readWeights,
  type SessionShape,
  type SessionWeights,
  writeWeights,
} from './session-layers.js';
import { createSessionLearner } from './session-learner.js';
import { cutWindows, longEnough, type SessionWindow } from './session-windows.js';

/** A fitted session model. */
export interface FittedSession {
  readonly shape: SessionShape;
  /** as a device reads them: embeddings from bytes, the rest from float16 */
  readonly weights: SessionWeights;
  readonly itemTable: ItemTable;
  /** the weights before they were rounded: what bytes cost is measured by them */
  readonly unrounded: SessionWeights;
  readonly behaviour: Normalisation;
  /** the same model on typed arrays */
  encode(rows: Int32Array, behaviour: Float32Array): Float32Array;
  readonly losses: readonly EpochLoss[];
  /** the epoch whose weights these are, the first is 1: the one with the least validation loss; 0 where time was up before the first step */
  readonly epoch: number;
}

/** Sampled softmax loss of one epoch, on training windows and on windows kept out. */
export interface EpochLoss {
  readonly train: number;
  readonly validation: number;
}

export interface SessionFit {
  readonly range: SessionRange;
  readonly index: ItemIndex;
  /** `[count + 1]` */
  readonly popularity: ArrayLike<number>;
  /** `[count + 1, dim]` where the embeddings start */
  readonly embeddings: Float32Array;
  readonly dim: number;
  readonly units: number;
  readonly epochs: number;
  readonly seed: number;
  readonly progress: ProgressReporter;
  /** asked after each batch; true ends the fit */
  isTimeUp(): boolean;
  /** behaviour features that are fed as 0 though they vary */
  isConstant(feature: string): boolean;
  /** whether enough visitors touched a row for its vector to be published */
  isPublic(row: number): boolean;
  /** whose weights the fit starts from; `embeddings` are then of its space */
  readonly warm?: WarmStart | undefined;
}

/** Steps that one fit may learn from, over all epochs: about 45 s on one core. Longer logs are sampled. */
const MAX_STEPS_PER_FIT = 400_000;
/** A short log is walked several times an epoch, until it gave this many steps: fewer gradient steps leave the model unfitted. */
const LEAST_STEPS_PER_EPOCH = 60_000;
/** … but not more often than this. */
const MOST_WALKS = 4;
/** Place of the head's kernel in `SessionWeights`. */
const HEAD_KERNEL = 4;
const LEARNING_RATE = 4e-3;
/** of the first rate, reached at the last batch */
const LAST_RATE = 0.1;
/** Of the epochs, and of the first rate, where the fit continues one of the same log. */
const CONTINUED_SHARE = 0.25;
const CONTINUED_RATE = 0.4;
/** Windows kept out of training to watch the loss. */
const MAX_HELD_OUT = 256;

/** Fits the LSTM session encoder on the log's item embeddings by sampled softmax over the item embeddings that it reads. @see Hidasi et al. 2016, https://arxiv.org/abs/1511.06939 */
export function fitSessionModel(log: EventLog, fit: SessionFit): FittedSession {
  const { index, dim, units, seed } = fit;
  const shape = { count: index.count, dim, units };
  const random = createRandom(seed, 'session-model');
  const model = buildSessionModel(shape, { everyStep: true });
  const fresh = firstWeights(log, fit, random);
  writeWeights(model, fit.warm ? warmSession(fit.warm, fresh) : fresh);
  const plan = planEpochs(log, fit, random);
  const { losses, epoch, weights: trained } = runEpochs(model, plan, { log, fit, random });
  model.dispose();
  const vectors = publishedVectors(trained[0] as Float32Array, fit);
  const itemTable = quantise(vectors, shape);
  const unrounded = [vectors, ...trained.slice(1)];
  const weights = [dequantise(itemTable), ...trained.slice(1).map(asShipped)];
  const { behaviour } = plan;
  return { shape, weights, unrounded, itemTable, behaviour, encode: createSessionEncoder(shape, weights), losses, epoch };
}

/** Vectors fitted to sequences are scored by a sharp cosine: the head starts at the length that its answers need, else it grows to it for epochs. */
function firstWeights({ kind }: EventLog, { index, dim, units, embeddings }: SessionFit, random: Random): SessionWeights {
  const weights = initialWeights({ count: index.count, dim, units }, embeddings, random);
  if (kind === 'carts') return weights;
  const temperature = Math.log(Math.max(2, index.count));
  return weights.map((values, i) => (i === HEAD_KERNEL ? values.map((value) => temperature * value) : values));
}

/** The vectors of rare items are 0: those of one visitor's would lie side by side for everyone to see. */
function publishedVectors(embeddings: Float32Array, { index, dim, isPublic }: SessionFit): Float32Array {
  const published = embeddings.slice();
  for (let row = 1; row <= index.count; row++) if (!isPublic(row)) published.fill(0, row * dim, (row + 1) * dim);
  return published;
}

interface EpochPlan {
  readonly sessions: Uint32Array;
  readonly perEpoch: number;
  readonly heldOut: readonly SessionBatch[];
  readonly behaviour: Normalisation;
}

function planEpochs(log: EventLog, fit: SessionFit, random: Random): EpochPlan {
  const { range, index, epochs, isConstant } = fit;
  const all = random.shuffle(longEnough(log, range));
  const heldOutCount = Math.min(MAX_HELD_OUT, Math.floor(all.length / 10));
  const sessions = all.slice(heldOutCount);
  const sample = cutWindows(log, sessions.subarray(0, 4000), { index, random });
  const steps = sample.map((window) => window.behaviour);
  const behaviour = holdConstant(fitNormalisation(BEHAVIOUR_FEATURES, steps), isConstant);
  const meanSteps = sample.reduce((sum, { rows }) => sum + rows.length, 0) / Math.max(1, sample.length);
  const toSessions = (steps: number) => Math.ceil(steps / Math.max(1, meanSteps));
  const wanted = Math.max(sessions.length, Math.min(toSessions(LEAST_STEPS_PER_EPOCH), MOST_WALKS * sessions.length));
  const perEpoch = Math.min(wanted, toSessions(MAX_STEPS_PER_FIT / Math.max(1, epochs)));
  const windows = withoutUnpublished(cutWindows(log, all.subarray(0, heldOutCount), { index, random }), { log, fit });
  return { sessions, perEpoch, heldOut: toBatches(windows, behaviour, random), behaviour };
}

/** Runs the epochs, or as many as there is time for, and keeps the weights of the best. */
function runEpochs(model: LayersModel, plan: EpochPlan, context: { log: EventLog; fit: SessionFit; random: Random }) {
  const { log, fit, random } = context;
  // On browsing logs the embeddings are fitted already, and a session's mean is scored by them too.
  const learner = createSessionLearner(model, { ...fit, random, movesItems: log.kind === 'carts' });
  const epochs = epochsOf(fit);
  const losses: EpochLoss[] = [];
  let best = { epoch: 0, validation: Number.POSITIVE_INFINITY, weights: readWeights(model) };
  let next = 0;
  for (let epoch = 0; epoch < epochs && !fit.isTimeUp(); epoch++) {
    const chosen = Uint32Array.from(
      { length: plan.perEpoch },
      (_, i) => plan.sessions[(next + i) % plan.sessions.length] as number,
    );
    next = (next + plan.perEpoch) % Math.max(1, plan.sessions.length);
    const windows = withoutUnpublished(cutWindows(log, chosen, { index: fit.index, random }), context);
    const batches = toBatches(windows, plan.behaviour, random);
    let sum = 0;
    let done = 0;
    for (const batch of batches) {
      if (fit.isTimeUp()) break;
      const share = (epoch + done / batches.length) / epochs;
      sum += learner.learn(batch, firstRateOf(fit) * (1 - (1 - LAST_RATE) * share));
      done++;
      fit.progress.tick(Math.round((100 * (epoch + done / batches.length)) / epochs), `loss ${(sum / done).toFixed(3)}`);
    }
    if (done === 0) break;
    const validation = learner.lossOf(plan.heldOut);
    losses.push({ train: sum / done, validation });
    if (validation < best.validation || best.epoch === 0) best = { epoch: epoch + 1, validation, weights: readWeights(model) };
  }
  learner.dispose();
  return { losses, ...best };
}

/** On browsing logs a row without a published vector has none here either: it can be no answer. */
function withoutUnpublished(
  windows: readonly SessionWindow[],
  { log, fit }: { readonly log: EventLog; readonly fit: SessionFit },
): SessionWindow[] {
  return windows.map((window) =>
    log.kind === 'carts' ? window : { ...window, targets: window.targets.map((row) => (fit.isPublic(row) ? row : 0)) },
  );
}

/** What another fit of the same log has learnt needs no more than a part of the epochs. */
function epochsOf({ epochs, warm }: SessionFit): number {
  return warm?.isOwn ? Math.max(1, Math.round(epochs * CONTINUED_SHARE)) : epochs;
}

function firstRateOf({ warm }: SessionFit): number {
  return warm?.isOwn ? LEARNING_RATE * CONTINUED_RATE : LEARNING_RATE;
}
