// In: slates that a shop has shown, and ours for the same carts. Out: add rates by place and what ours would have done. Runs in Node.
import type { Interval } from '../bootstrap.js';
import { createRandom } from '../../fit/random.js';
import { estimateExamination, sumBy } from './examination.js';
import type { ExposedSlate } from './exposed-slate.js';
import { type ExposureTable, toTable } from './exposure-table.js';

/** What a log of impressions says. */
export interface ExposureReport {
  readonly slates: number;
  readonly impressions: number;
  readonly adds: number;
  readonly places: readonly PlaceFigures[];
  /** adds per slate of the slates that the shop has shown, as they were */
  readonly logged: Interval;
  /** absent without carts to answer */
  readonly ours?: OursFigures;
  /** reasons to distrust the figures, a sentence each */
  readonly warnings: readonly string[];
}

export interface PlaceFigures {
  /** 1-based */
  readonly position: number;
  readonly shown: number;
  /** share of the showings that were followed by an add */
  readonly addRate: Interval;
  /** how often it is looked at, as a share of the first place; what stands there taken into account */
  readonly examination: Interval;
}

export interface OursFigures {
  /** slates with a cart that we could answer */
  readonly slates: number;
  /** impressions of items that our slate holds as well */
  readonly matched: number;
  /** of these, how many were taken */
  readonly matchedAdds: number;
  /** how many impressions of equal weight the weighted ones are worth */
  readonly effective: number;
  /** whether the file says how likely the shop's method was to show an item */
  readonly hasPropensities: boolean;
  /** adds per slate by inverse propensity; without propensities the part that the items on both slates bring: a lower bound */
  readonly inverse: Interval;
  /** adds per slate, self-normalised: what ours shows and the shop did not is taken to be as good as what both show */
  readonly normalised: Interval;
  /** the latter less what the same slates brought */
  readonly gain: Interval;
}

const RESAMPLES = 400;
/** Fewer than this, and chance decides. */
const LEAST_EFFECTIVE = 100;
const LEAST_ADDS = 30;

/** @param oursOf our slate for a shown one, best first; `undefined` where its cart is not known */
export function measureExposures(
  slates: readonly ExposedSlate[],
  oursOf: (slate: ExposedSlate) => readonly string[] | undefined,
  seed: number,
): ExposureReport {
  const table = toTable(slates, oursOf);
  const whole = estimate(table, new Float64Array(table.sessions).fill(1));
  const random = createRandom(seed, 'exposures');
  const samples = Array.from({ length: RESAMPLES }, () => {
    const draws = new Float64Array(table.sessions);
    for (let i = 0; i < draws.length; i++) {
      const at = random.below(draws.length);
      draws[at] = (draws[at] as number) + 1;
    }
    return estimate(table, draws);
  });
  const interval = (read: (figures: Estimate) => number): Interval => intervalOf(read(whole), samples.map(read));
  const ours = whole.effective > 0 ? toOurs(table, whole, interval) : undefined;
  const adds = table.added.reduce((sum, value) => sum + value, 0);
  return {
    slates: slates.length,
    impressions: table.added.length,
    adds,
    places: Array.from({ length: table.places }, (_, k) => ({
      position: k + 1,
      shown: whole.shown[k] as number,
      addRate: interval(({ shown, added }) => (added[k] as number) / (shown[k] as number)),
      examination: interval(({ examination }) => examination[k] as number),
    })),
    logged: interval(({ logged }) => logged),
    ...(ours && { ours }),
    warnings: warningsOf(adds, ours),
  };
}

interface Estimate {
  readonly shown: Float64Array;
  readonly added: Float64Array;
  readonly examination: Float64Array;
  /** adds per slate, of all and of those that we answered */
  readonly logged: number;
  readonly loggedAnswered: number;
  readonly inverse: number;
  readonly normalised: number;
  readonly effective: number;
}

/** Every figure on one sample. @param draws `[sessions]` how often each was drawn */
function estimate(table: ExposureTable, draws: Float64Array): Estimate {
  const { cell, cellItem, cellPlace, place, places, items, session, added } = table;
  const weights = Float64Array.from(session, (s) => draws[s] as number);
  const adds = weights.map((weight, j) => weight * (added[j] as number));
  const shown = sumBy(weights, cell, cellItem.length);
  const examination = estimateExamination(
    { item: cellItem, place: cellPlace, shown, added: sumBy(adds, cell, cellItem.length) },
    { items, places },
  );
  const slates = sumSlates(table, { draws, examination });
  const matched = sumMatched(table, { weights, examination });
  return {
    shown: sumBy(weights, place, places),
    added: sumBy(adds, place, places),
    examination,
    logged: slates.adds / slates.count,
    loggedAnswered: slates.answeredAdds / slates.answered,
    inverse: matched.value / slates.answered,
    normalised: ((slates.examined / slates.answered) * matched.value) / matched.norm,
    effective: matched.square === 0 ? 0 : matched.weight ** 2 / matched.square,
  };
}

interface Sample {
  readonly draws: Float64Array;
  readonly examination: Float64Array;
}

function sumSlates({ slateSession, slateAdds, slateSize }: ExposureTable, { draws, examination }: Sample) {
  const sums = { count: 0, adds: 0, answered: 0, answeredAdds: 0, examined: 0 };
  for (let s = 0; s < slateSession.length; s++) {
    const weight = draws[slateSession[s] as number] as number;
    sums.count += weight;
    sums.adds += weight * (slateAdds[s] as number);
    if (slateSize[s] === 0) continue;
    sums.answered += weight;
    sums.answeredAdds += weight * (slateAdds[s] as number);
    for (let k = 0; k < (slateSize[s] as number); k++) sums.examined += weight * (examination[k] as number);
  }
  return sums;
}

/** An item that both slates hold counts for how much more, or less, its place on ours is looked at. */
function sumMatched(
  { ours, place, added, propensity }: ExposureTable,
  { weights, examination }: { readonly weights: Float64Array; readonly examination: Float64Array },
) {
  const sums = { value: 0, norm: 0, weight: 0, square: 0 };
  for (let j = 0; j < ours.length; j++) {
    const looked = examination[place[j] as number] as number;
    if ((ours[j] as number) < 0 || !(looked > 0)) continue;
    const share = (examination[ours[j] as number] as number) / (propensity[j] as number);
    const weight = share / looked;
    const drawn = weights[j] as number;
    sums.value += drawn * weight * (added[j] as number);
    sums.norm += drawn * share;
    sums.weight += drawn * weight;
    sums.square += drawn * weight * weight;
  }
  return sums;
}

function toOurs(
  { ours, added, slateSize, hasPropensities }: ExposureTable,
  whole: Estimate,
  interval: (read: (figures: Estimate) => number) => Interval,
): OursFigures {
  return {
    slates: slateSize.filter((size) => size > 0).length,
    matched: ours.filter((place) => place >= 0).length,
    matchedAdds: ours.filter((place, j) => place >= 0 && added[j] === 1).length,
    effective: whole.effective,
    hasPropensities,
    inverse: interval(({ inverse }) => inverse),
    normalised: interval(({ normalised }) => normalised),
    gain: interval(({ normalised, loggedAnswered }) => normalised - loggedAnswered),
  };
}

function intervalOf(mean: number, samples: readonly number[]): Interval {
  const sorted = Float64Array.from(samples.filter((value) => Number.isFinite(value))).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return { mean, low: at(0.025), high: at(0.975) };
}

function warningsOf(adds: number, ours: OursFigures | undefined): string[] {
  return [
    ...(adds < LEAST_ADDS ? [`only ${adds} adds: every rate here is chance`] : []),
    ...(ours && ours.effective < LEAST_EFFECTIVE
      ? [`our slates share so little with the shop's that the estimate rests on ${ours.effective.toFixed(0)} impressions' worth`]
      : []),
    ...(ours && ours.matchedAdds < LEAST_ADDS
      ? [`only ${ours.matchedAdds} items were taken that both slates hold: our figures are chance, whatever their intervals say`]
      : []),
    ...(ours && !ours.hasPropensities
      ? ['no propensity column: items that ours shows and the shop did not are taken to be as good as those on both slates']
      : []),
  ];
}
