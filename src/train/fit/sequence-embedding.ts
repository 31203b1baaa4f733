// In: sessions as item rows and first embeddings. Out: unit vectors in which a session's mean points at the next item. Node, typed arrays.
import { MEAN_STEPS } from '../../core/model/session-mean.js';
import type { ItemSessions } from './item-sessions.js';
import { createRandom, type Random } from './random.js';
import { createSequenceLearner } from './sequence-learner.js';

export interface SequenceFit {
  /** `[count + 1, dim]` where the vectors start */
  readonly embeddings: Float32Array;
  readonly dim: number;
  /** passes over the sessions; a short log gets more */
  readonly epochs: number;
  readonly seed: number;
  /** most prefixes learnt from, over all passes */
  readonly mostPrefixes?: number | undefined;
  /** @param share of the fit, 0–1 @param loss mean of the epoch so far */
  onProgress?: ((share: number, loss: number) => void) | undefined;
  /** asked after each batch; true ends the fit */
  isTimeUp?: (() => boolean) | undefined;
}

/** Prefixes that share their negatives. */
const BATCH = 64;
const LEARNING_RATE = 0.05;
/** of the first rate, reached at the last batch */
const LAST_RATE = 0.1;
/** A short log is walked more often, until it gave this many prefixes … */
const LEAST_PREFIXES = 200_000;
/** … but not more often than this. */
const MOST_EPOCHS = 6;
/** An embedding shorter than this points nowhere. */
const LEAST_NORM = 1e-3;

/**
 * Fits one unit vector an item, so that the weighted mean of a session's vectors lies next to the vector of its next new item. It takes
 * a small part of an LSTM's time, starts from the spectral embedding, and all sessions move it together.
 *
 * @returns `[count + 1, dim]`; row 0 is zeros
 * @see Hou et al. 2022, https://arxiv.org/abs/2204.11067 (CORE: sessions and items in one space, cosine with temperature)
 */
export function fitSequenceEmbeddings(sessions: ItemSessions, fit: SequenceFit): Float32Array {
  const { dim } = fit;
  const random = createRandom(fit.seed, 'sequence');
  const items = toUnitRows(fit.embeddings, dim, random);
  const places = listPlaces(sessions);
  const learner = createSequenceLearner(sessions, { items, dim, random, batch: BATCH });
  const batches = Math.ceil(places.length / BATCH);
  const epochs = Math.max(fit.epochs, Math.min(MOST_EPOCHS, Math.ceil(LEAST_PREFIXES / Math.max(1, places.length))));
  const total = Math.min(epochs * batches, Math.ceil((fit.mostPrefixes ?? Number.POSITIVE_INFINITY) / BATCH));
  for (let epoch = 0; epoch * batches < total; epoch++) {
    random.shuffle(places);
    let loss = 0;
    for (let batch = 0; batch < batches && epoch * batches + batch < total; batch++) {
      if (fit.isTimeUp?.()) return items;
      const share = (epoch * batches + batch) / total;
      const chosen = places.subarray(batch * BATCH, (batch + 1) * BATCH);
      loss += learner.learn(chosen, LEARNING_RATE * LAST_RATE ** share);
      fit.onProgress?.(share, loss / (batch + 1));
    }
  }
  return items;
}

/** Places of `sessions.rows` to predict: every step that its session had not shown within reach. */
function listPlaces({ count, starts, rows }: ItemSessions): Uint32Array {
  const places: number[] = [];
  for (let session = 0; session < count; session++) {
    const begin = starts[session] as number;
    for (let place = begin + 1; place < (starts[session + 1] as number); place++) {
      if (!rows.subarray(Math.max(begin, place - MEAN_STEPS), place).includes(rows[place] as number)) places.push(place);
    }
  }
  return Uint32Array.from(places);
}

/** Unit vectors; an item without a first embedding gets a drawn one. */
function toUnitRows(embeddings: Float32Array, dim: number, random: Random): Float32Array {
  const items = embeddings.slice();
  for (let at = dim; at < items.length; at += dim) {
    const item = items.subarray(at, at + dim);
    if (Math.hypot(...item) < LEAST_NORM) for (let d = 0; d < dim; d++) item[d] = random.normal();
    const norm = Math.hypot(...item);
    for (let d = 0; d < dim; d++) item[d] = (item[d] as number) / norm;
  }
  return items;
}
