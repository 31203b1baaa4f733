import type { Signal } from '../domain/slate.js';

/** Raised when a name is added, removed or changes its meaning; a bundle made for another set is refused. */
export const FEATURES_VERSION = 2;

/** One step of the session model's behaviour input, `[steps, 10]`, each 0–1. */
export const BEHAVIOUR_FEATURES = [
  'isView',
  'isAdd',
  'isRemove',
  'isPurchase',
  'dwell',
  'scrollDepth',
  'gap',
  'price',
  'quantity',
  'isOtherSession',
] as const;

const DIMENSIONS = ['Category', 'Brand', 'Band'] as const;
const MEASURES = ['Views', 'Adds', 'Removes', 'Dwell'] as const;
const WINDOWS = ['60s', '5m', 'Session'] as const;

type WindowedFeature = `same${(typeof DIMENSIONS)[number]}${(typeof MEASURES)[number]}${(typeof WINDOWS)[number]}`;
type TotalFeature = `session${(typeof MEASURES)[number]}${(typeof WINDOWS)[number]}`;

const windowed = DIMENSIONS.flatMap((dimension) =>
  MEASURES.flatMap((measure) => WINDOWS.map((window): WindowedFeature => `same${dimension}${measure}${window}`)),
);
const totals = MEASURES.flatMap((measure) => WINDOWS.map((window): TotalFeature => `session${measure}${window}`));

const single = [
  // model and table scores, each divided by the best candidate's, as 1 / log2(1 + place), and as the logarithm of the share
  'lstmScore',
  'lstmPlace',
  'meanScore',
  'meanPlace',
  'meanLog',
  'lastScore',
  'cartLift',
  'cartLiftPlace',
  'cartLiftLog',
  'cartLiftMax',
  'recentLift',
  'recentLiftPlace',
  'recentLiftLog',
  'lastLift',
  'historyLift',
  'historyLiftLog',
  'popularity',
  'boost',
  // this item in this session
  'itemViews',
  'itemShare',
  'itemDwell',
  'itemScrollDepth',
  'itemRecency',
  'itemPlace',
  'itemIsLast',
  'itemRemoved',
  'itemQuantityInCart',
  'itemOwned',
  'itemOwnedRecency',
  // this item against the cart
  'priceRatio',
  'categoryShareOfCart',
  // the cart
  'cartSize',
  'cartValue',
  'cartEntropy',
  'cartMeanPrice',
  'sinceMutation',
  // the session
  'sessionLength',
  'sessionVariety',
  'sinceLastEvent',
  'hourSin',
  'hourCos',
  'weekdaySin',
  'weekdayCos',
] as const;

export type CandidateFeature = (typeof single)[number] | WindowedFeature | TotalFeature;

/** The ranker's inputs, `[candidates, CANDIDATE_FEATURES.length]`, in this order. */
export const CANDIDATE_FEATURES: readonly CandidateFeature[] = [...single, ...windowed, ...totals];

/** The signal that a candidate feature belongs to, for reasons and contributions. */
export function signalOf(feature: CandidateFeature): Signal {
  if (/^(lstm|mean)|^lastScore/.test(feature)) return 'session';
  if (feature.startsWith('cartLift')) return 'cart';
  if (feature.startsWith('recentLift') || feature === 'lastLift') return 'viewed';
  if (feature.startsWith('historyLift') || feature.startsWith('itemOwned')) return 'history';
  if (feature === 'popularity' || feature === 'boost') return 'popularity';
  if (feature === 'priceRatio') return 'price';
  if (feature.startsWith('session') || feature.startsWith('cart') || feature.startsWith('since')) return 'context';
  if (feature.startsWith('hour') || feature.startsWith('weekday')) return 'context';
  if (feature.includes('Dwell')) return 'dwell';
  if (feature === 'itemScrollDepth') return 'scroll';
  return 'interest';
}
