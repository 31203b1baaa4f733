// In: a question. Out: the items that could answer it, each as the co-occurrence features that a learned baseline reads.
import type { Query } from '../query.js';
import type { Recommender } from '../recommender.js';
import type { Candidates, FitData } from './baseline.js';
import { createConditional } from './conditional.js';
import { createCosine, createWeightedCosine } from './cosine.js';
import { createPopularity } from './popularity.js';
import { createSequentialRules } from './sequential-rules.js';

/** Candidates that each source gives. */
const PER_SOURCE = 100;

/** What a learned baseline knows of one candidate: a feature a source, and two of the question. */
export const PAIR_FEATURES = ['popularity', 'cosine', 'weighted', 'conditional', 'followed', 'recency', 'shown'] as const;

/** Creates the function that finds and describes the candidates of a question. */
export function createPairFeatures({ sets, log, range, once }: FitData): (query: Query) => Candidates {
  const sources: readonly Recommender[] = [
    createPopularity(sets),
    once('cosine', () => createCosine(sets)),
    once('cosine-weighted', () => createWeightedCosine(sets)),
    createConditional(sets, { damping: 0, length: 0 }),
    once('sequential-rules', () => createSequentialRules(sets, log, range)),
  ];
  const width = PAIR_FEATURES.length;
  return (query) => {
    const places = new Map<string, number>();
    const scored = sources.map((source) => source.recommend(query, PER_SOURCE).slice(0, PER_SOURCE));
    for (const list of scored) for (const { itemId } of list) if (!places.has(itemId)) places.set(itemId, places.size);
    const features = new Float64Array(places.size * width);
    for (const [source, list] of scored.entries()) {
      // As a share of the question's best: sums grow with the cart and with the log, and a classifier is read on a longer one.
      const best = list[0]?.score ?? 1;
      for (const { itemId, score } of list) features[(places.get(itemId) as number) * width + source] = score / best;
    }
    const lastPlace = new Map(query.events.map(({ itemId }, i) => [itemId, query.events.length - i]));
    for (const [itemId, place] of places) {
      features[place * width + sources.length] = 1 / (lastPlace.get(itemId) ?? Number.POSITIVE_INFINITY);
      features[place * width + sources.length + 1] = Math.log1p(query.shown.length);
    }
    return { itemIds: [...places.keys()], features };
  };
}
