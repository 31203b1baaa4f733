import { describe, expect, it } from 'vitest';
import { estimateExamination } from '../../../../src/train/evaluate/exposures/examination.js';
import type { ExposedSlate } from '../../../../src/train/evaluate/exposures/exposed-slate.js';
import { measureExposures } from '../../../../src/train/evaluate/exposures/measure-exposures.js';
import { createRandom } from '../../../../src/train/fit/random.js';

const LOOKED_AT = [1, 0.7, 0.45, 0.3];
/** how likely each item is taken once it is looked at */
const WANTED = [0.5, 0.42, 0.35, 0.3, 0.25, 0.2, 0.16, 0.12, 0.1, 0.08, 0.06, 0.04];
const ITEMS = WANTED.map((_, i) => `i${i}`);
const BEST = ITEMS.slice(0, 4);
const TRUTH = LOOKED_AT.reduce((sum, share, k) => sum + share * (WANTED[k] as number), 0);

/** Four of twelve items drawn alike, then mostly in the order of how much they are wanted: good items stand where they are seen. */
function drawSlates(count: number): ExposedSlate[] {
  const random = createRandom(1, 'drawn');
  return Array.from({ length: count }, (_, s) => {
    const drawn = [...random.shuffle(Uint32Array.from(ITEMS.keys()))].slice(0, 4);
    if (random.next() < 0.6) drawn.sort((a, b) => a - b);
    const places = drawn.map((item, k) => ({
      itemId: ITEMS[item] as string,
      position: k + 1,
      isAdded: random.next() < (LOOKED_AT[k] as number) * (WANTED[item] as number),
      propensity: 4 / 12,
    }));
    return { slateId: `s${s}`, sessionId: `v${Math.floor(s / 2)}`, shownAt: s, places };
  });
}

const holds = ({ low, high }: { low: number; high: number }, value: number) => low <= value && value <= high;

describe('examination', () => {
  it('agrees with a calculation by hand', () => {
    // each item is taken half as often at the second place; a third item, at the first place alone, says nothing
    const cells = { item: [0, 0, 1, 1, 2], place: [0, 1, 0, 1, 0], shown: [10, 10, 20, 10, 50], added: [4, 2, 4, 1, 50] };
    expect([...estimateExamination(cells, { items: 3, places: 2 })]).toEqual([1, expect.closeTo(0.5, 5)]);
  });

  it('is unknown where nothing was taken at the first place', () => {
    const cells = { item: [0, 0], place: [0, 1], shown: [10, 10], added: [0, 2] };
    expect(estimateExamination(cells, { items: 1, places: 2 })[1]).toBeNaN();
  });
});

describe('drawn exposures', () => {
  const slates = drawSlates(4000);
  const report = measureExposures(slates, () => BEST, 1);

  it('give back how often each place is looked at, which the plain add rates overstate', () => {
    for (const [k, { examination }] of report.places.entries()) expect(holds(examination, LOOKED_AT[k] as number)).toBe(true);
    const [first, last] = [report.places[0], report.places[3]];
    const plain = (last?.addRate.mean as number) / (first?.addRate.mean as number);
    expect(plain).toBeLessThan(report.places[3]?.examination.low as number);
  });

  it('give back what another slate would have brought, by inverse propensity and self-normalised', () => {
    const { ours, logged } = report;
    expect(holds(ours?.inverse as never, TRUTH)).toBe(true);
    expect(holds(ours?.normalised as never, TRUTH)).toBe(true);
    expect(logged.high).toBeLessThan(TRUTH);
    expect(ours?.gain.low).toBeGreaterThan(0);
    expect(report.warnings).toEqual([]);
  });

  it('find no gain in the slates that were shown', () => {
    const same = measureExposures(slates, ({ places }) => places.map(({ itemId }) => itemId), 1);
    expect(same.ours?.matched).toBe(16_000);
    expect(holds(same.ours?.gain as never, 0)).toBe(true);
  });

  it('need no propensities where all items were as likely to be shown, and say what is then assumed', () => {
    const plain = slates.map((slate) => ({
      ...slate,
      places: slate.places.map(({ itemId, position, isAdded }) => ({ itemId, position, isAdded })),
    }));
    const { ours, warnings } = measureExposures(plain, () => BEST, 1);
    expect(ours?.hasPropensities).toBe(false);
    expect(ours?.normalised.mean).toBeCloseTo(report.ours?.normalised.mean as number);
    expect(ours?.inverse.high).toBeLessThan(TRUTH);
    expect(warnings).toEqual([expect.stringContaining('no propensity column')]);
  });

  it('are distrusted where few of them are on both slates', () => {
    const few = measureExposures(slates.slice(0, 60), () => BEST, 1);
    expect(few.ours?.effective).toBeLessThan(100);
    expect(few.warnings.join()).toMatch(/rests on \d+ impressions' worth/);
  });

  it('speak of places alone where no cart is known', () => {
    const { ours, places } = measureExposures(slates.slice(0, 100), () => undefined, 1);
    expect(ours).toBeUndefined();
    expect(places.map(({ position }) => position)).toEqual([1, 2, 3, 4]);
  });
});
