// 200 tests with a planted effect and 200 with none, each of 30,000 visitors: the intervals hold the truth as often as they say.
import { describe, expect, it } from 'vitest';
import { compareArms } from '../../../src/train/uplift/compare-arms.js';
import type { Comparison, UpliftReport } from '../../../src/train/uplift/report.js';
import { type PlantedEffect, simulateOrders, trueDifferences } from './simulate-orders.js';

const TESTS = 200;
/** Of 200 draws at 95 %: 190 ± 3 standard deviations, 3.1 each. */
const [LEAST, MOST] = [181, 199];

const PLANTED: PlantedEffect = { addOn: 0.12, conversion: 1.06 };
const NONE: PlantedEffect = { addOn: 0, conversion: 1 };
const METRICS = ['aov', 'addOnRate', 'unitsPerOrder', 'conversion', 'revenuePerVisitor'] as const;

function reportsOf(effect: PlantedEffect): UpliftReport[] {
  return Array.from({ length: TESTS }, (_, seed) => {
    const { orderExport, options } = simulateOrders(seed + 1, effect);
    return compareArms(orderExport, options);
  });
}
const find = ({ comparisons }: UpliftReport, wanted: string) => comparisons.find(({ metric }) => metric === wanted) as Comparison;
const holds = ({ low, high }: { low: number; high: number }, truth: number) => low <= truth && truth <= high;

describe('with a planted effect', () => {
  const reports = reportsOf(PLANTED);
  const truth = trueDifferences(PLANTED);

  it.each(METRICS)('the interval of %s holds it at the nominal rate', (metric) => {
    const covered = reports.filter((report) => holds(find(report, metric).difference, truth[metric])).length;
    expect(covered).toBeGreaterThanOrEqual(LEAST);
    expect(covered).toBeLessThanOrEqual(MOST);
  });

  it.each(['aov', 'conversion'] as const)('the interval of the ratio of %s holds it at the nominal rate', (metric) => {
    const covered = reports.filter((report) => holds(find(report, metric).ratio, truth.ratios[metric])).length;
    expect(covered).toBeGreaterThanOrEqual(LEAST);
    expect(covered).toBeLessThanOrEqual(MOST);
  });

  it('the add-on rate shows it as often as its size lets it, and never the other way round', () => {
    // 0.072 beside a standard error of 0.032 is found in 0.61 of all tests; three standard deviations of 200 draws are 21.
    const found = reports.filter((report) => find(report, 'addOnRate').difference.low > 0).length;
    expect(Math.abs(found - 0.61 * TESTS)).toBeLessThan(21);
    expect(reports.filter((report) => find(report, 'addOnRate').difference.high < 0).length).toBe(0);
  });
});

describe('without an effect', () => {
  const reports = reportsOf(NONE);

  it.each(METRICS)('%s shows one no more often than by chance', (metric) => {
    const alarms = reports.filter((report) => !holds(find(report, metric).difference, 0)).length;
    expect(alarms).toBeLessThanOrEqual(TESTS - LEAST);
    expect(alarms).toBeGreaterThanOrEqual(TESTS - MOST);
  });

  it('difference and ratio never disagree', () => {
    for (const { comparisons } of reports)
      for (const { difference, ratio } of comparisons) {
        expect(ratio.low > 1).toBe(difference.low > 0);
        expect(ratio.high < 1).toBe(difference.high < 0);
      }
  });

  it('the arms are found to be as they were drawn', () => {
    expect(reports.filter(({ check }) => check.isMismatch).length).toBeLessThanOrEqual(2);
    expect(reports.filter(({ check }) => check.pValue < 0.05).length).toBeLessThanOrEqual(TESTS - LEAST);
  });
});

it('finds that the arms are not what was drawn, when a tenth of one is lost', () => {
  const { orderExport, options } = simulateOrders(1, NONE);
  const { treatment, holdout } = options.visitors ?? { treatment: 0, holdout: 0 };
  const visitors = { treatment, holdout: Math.round(holdout * 0.9) };
  expect(compareArms(orderExport, { ...options, visitors }).check).toMatchObject({ of: 'visitors', isMismatch: true });
});
