import { describe, expect, it } from 'vitest';
import type { Arm } from '../../../src/core/domain/slate.js';
import { compareArms, type UpliftOptions } from '../../../src/train/uplift/compare-arms.js';
import { chiSquareTail, normalCdf, normalQuantile } from '../../../src/train/uplift/distributions.js';
import { differenceOf, momentsOf, ratioOf } from '../../../src/train/uplift/intervals.js';
import type { Order } from '../../../src/train/uplift/order.js';
import { checkText, headlineOf, powerText } from '../../../src/train/uplift/words.js';

const OPTIONS: UpliftOptions = { holdout: 0.1, effect: 0.05 };
const DAY_MS = 86_400_000;
const MONDAY = Date.UTC(2026, 4, 4);

function someOrders(arm: Arm | undefined, count: number, more: (i: number) => Partial<Order> = () => ({})): Order[] {
  return Array.from({ length: count }, (_, i) => {
    const order = {
      orderId: `${arm}${i}`,
      total: 10 + (i % 5),
      currency: 'GBP',
      orderedAt: MONDAY + i * DAY_MS,
      lines: 1 + (i % 2),
      units: 1 + (i % 3),
    };
    return { ...order, ...(arm && { arm }), ...more(i) };
  });
}
const compare = (orders: readonly Order[], options: Partial<UpliftOptions> = {}) =>
  compareArms({ orders, cancelled: 0, repeated: 0 }, { ...OPTIONS, ...options });
const both = () => [...someOrders('treatment', 90), ...someOrders('holdout', 10)];

describe('the distributions', () => {
  it('are those of the tables', () => {
    expect(normalCdf(1.96)).toBeCloseTo(0.9750021, 7);
    expect(normalCdf(-4)).toBeCloseTo(3.167124e-5, 10);
    expect(normalQuantile(0.8)).toBeCloseTo(0.8416212, 6);
    expect(chiSquareTail(3.841459)).toBeCloseTo(0.05, 6);
    expect(chiSquareTail(30)).toBeCloseTo(4.320463e-8, 12);
    expect(chiSquareTail(0)).toBe(1);
  });
});

describe('an interval', () => {
  it('of large symmetric samples is that of Welch', () => {
    const values = (mean: number) => Array.from({ length: 20_000 }, (_, i) => mean + ((i % 101) - 50) / 10);
    const [a, b] = [momentsOf(values(12)), momentsOf(values(10))];
    const half = 1.959964 * Math.sqrt(a.variance / a.count + b.variance / b.count);
    const { value, low, high } = differenceOf(a, b);
    expect(value).toBeCloseTo(2, 9);
    expect([value - low, high - value].map((each) => each / half)).toEqual([expect.closeTo(1, 2), expect.closeTo(1, 2)]);
    expect(ratioOf(a, b).value).toBeCloseTo(a.mean / b.mean, 9);
  });

  it('sums up zeros as values', () => {
    const [listed, counted] = [momentsOf([5, 7, 0, 0, 0]), momentsOf([5, 7], 3)];
    for (const name of ['count', 'mean', 'variance', 'third', 'fourth'] as const)
      expect(counted[name]).toBeCloseTo(listed[name], 9);
  });

  it('of a ratio has no upper end where holdout may be nothing', () => {
    const wide = { count: 50, mean: 1, variance: 100, third: 0, fourth: 3e4, isShare: true };
    expect(ratioOf(wide, wide)).toMatchObject({ value: 1, low: 0, high: Number.POSITIVE_INFINITY });
  });
});

describe('the report', () => {
  it('names both arms, the days and what carries no arm', () => {
    const report = compare([...both(), ...someOrders(undefined, 7)]);
    expect(report).toMatchObject({ from: '2026-05-04', until: '2026-08-01', currency: 'GBP', withoutArm: 7, cancelled: 0 });
    expect(report.arms).toEqual({ treatment: { orders: 90, revenue: 1080 }, holdout: { orders: 10, revenue: 120 } });
    expect(report.comparisons.map(({ metric }) => metric)).toEqual(['aov', 'aovTrimmed', 'addOnRate', 'unitsPerOrder']);
    expect(report.check).toMatchObject({ of: 'orders', observed: 0.1, isMismatch: false });
  });

  it('tells conversion by the visitors of the arms, and says why it cannot without', () => {
    const { comparisons } = compare(both(), { visitors: { treatment: 900, holdout: 100 } });
    expect(comparisons.find(({ metric }) => metric === 'conversion')).toMatchObject({ treatment: 0.1, holdout: 0.1 });
    expect(comparisons.find(({ metric }) => metric === 'revenuePerVisitor')).toMatchObject({ treatment: 1.2, holdout: 1.2 });
    expect(compare(both()).missing.join()).toContain('--visitors');
    expect(() => compare(both(), { visitors: { treatment: 900, holdout: 9 } })).toThrow(
      '--visitors says 9 of holdout, which has 10 orders',
    );
  });

  it('says that an arm has too few orders', () => {
    const report = compare([...someOrders('treatment', 90), ...someOrders('holdout', 9)]);
    expect(report.comparisons).toEqual([]);
    expect(headlineOf(report)).toContain('an arm has 9 orders, and at least 10 are needed');
  });

  it('needs both arms', () => {
    expect(() => compare(someOrders('treatment', 90))).toThrow('None of 90 orders is of the arm "holdout"');
  });

  it('asks for the currency where there are several', () => {
    const mixed = [...both(), ...someOrders('holdout', 3, () => ({ currency: 'EUR' }))];
    expect(() => compare(mixed)).toThrow('several currencies: GBP (100), EUR (3). Choose one by --currency');
    expect(compare(mixed, { currency: 'GBP' }).arms.holdout.orders).toBe(10);
    expect(() => compare(mixed, { currency: 'USD' })).toThrow('No order with an arm is in USD');
  });

  it('keeps to the days that are asked for', () => {
    const { arms } = compare(both(), { since: MONDAY + DAY_MS, until: MONDAY + 10 * DAY_MS });
    expect([arms.treatment.orders, arms.holdout.orders]).toEqual([9, 9]);
  });

  it('says how many orders are needed: the textbook number', () => {
    const { power } = compare(both());
    const { mean, variance } = momentsOf(both().map(({ total }) => total));
    const expected = ((1.959964 + 0.841621) ** 2 * variance) / (0.05 * mean) ** 2 / 0.09;
    expect(power?.ordersNeeded).toBeCloseTo(expected, -1);
    expect(power?.ordersLeft).toBe((power?.ordersNeeded ?? 0) - 100);
    expect(powerText(compare(both()))).toMatch(/takes [\d,]+ orders in both arms together: [\d,]+ more, about \d+ weeks/);
  });

  it('splits by week, from Monday, and by cart size', () => {
    const { weeks, cartSizes } = compare([
      ...someOrders('treatment', 90, (i) => ({ orderedAt: MONDAY + (i % 8) * DAY_MS })),
      ...someOrders('holdout', 10),
    ]);
    expect(weeks.slice(0, 2).map(({ from, treatment, holdout }) => [from, treatment.orders, holdout.orders])).toEqual([
      ['2026-05-04', 79, 7],
      ['2026-05-11', 11, 3],
    ]);
    expect(weeks[1]?.holdout.aov).toBeUndefined();
    expect(cartSizes.map(({ units }) => units)).toEqual(['1', '2', '3', '4–5', '6+']);
    expect(cartSizes.reduce((sum, { treatment }) => sum + treatment, 0)).toBeCloseTo(1, 9);
  });

  it('leaves out what the export does not tell, and says so', () => {
    const bare = both().map(({ orderId, total, currency, arm }): Order => ({ orderId, total, currency, ...(arm && { arm }) }));
    const report = compare(bare);
    expect(report.comparisons.map(({ metric }) => metric)).toEqual(['aov', 'aovTrimmed']);
    expect([report.weeks, report.cartSizes]).toEqual([[], []]);
    expect(report.missing.join()).toMatch(/no quantities.*no dates/);
  });

  it('warns before anything else where the arms are not what was drawn', () => {
    const report = compare([...someOrders('treatment', 900), ...someOrders('holdout', 40)]);
    expect(report.check).toMatchObject({ isMismatch: true });
    expect(headlineOf(report)).toContain('Do not read the figures yet');
    expect(checkText(report.check)).toContain('this is no chance');
  });
});
