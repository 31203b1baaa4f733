// In: orders. Out: what the suggestions brought, each figure with its interval, and what cannot be said. Pure.
import type { Arm } from '../../core/domain/slate.js';
import { TillsideError } from '../../core/errors.js';
import { splitByCartSize, splitByWeek } from './breakdowns.js';
import { chiSquareTail, normalQuantile } from './distributions.js';
import { differenceOf, type Moments, momentsOf, ratioOf } from './intervals.js';
import type { Order, OrderExport } from './order.js';
import type { ArmTotals, Comparison, Metric, Power, RatioCheck, UpliftReport } from './report.js';

/** Below it an interval says nothing. */
export const LEAST_ORDERS = 10;
/** An order among the highest 1 % counts as the lowest of them. */
const TRIMMED_SHARE = 0.01;
/** A test that goes wrong is rare, and one that is checked every week gives many chances of a false alarm. */
const MISMATCH_P = 0.001;
const POWER = 0.8;
const WEEK_MS = 7 * 86_400_000;

export interface UpliftOptions {
  /** the share of shoppers that the shop holds out */
  readonly holdout: number;
  readonly visitors?: Readonly<Record<Arm, number>>;
  /** the smallest relative effect worth knowing of */
  readonly effect: number;
  readonly currency?: string;
  /** epoch ms; orders before it are left out */
  readonly since?: number;
  /** epoch ms; orders from it on are left out */
  readonly until?: number;
}

type Arms = Readonly<Record<Arm, readonly Order[]>>;

/**
 * Compares the arms.
 *
 * @throws {TillsideError} `input-invalid`: no order carries an arm, or there are several currencies and none is chosen
 */
export function compareArms({ orders, cancelled, repeated }: OrderExport, options: UpliftOptions): UpliftReport {
  const dated = inTime(orders, options);
  const { currency, chosen } = ofOneCurrency(dated, options.currency);
  const arms = armsOf(chosen);
  const { visitors } = options;
  checkVisitors(arms, visitors);
  const dates = chosen.flatMap(({ orderedAt }) => orderedAt ?? []).sort((a, b) => a - b);
  const [first, last] = [dates[0], dates.at(-1)];
  const trimmedAt = trimPoint([...arms.treatment, ...arms.holdout]);
  return {
    ...(first !== undefined && last !== undefined && { from: dayOf(first), until: dayOf(last) }),
    currency,
    arms: { treatment: totalsOf(arms.treatment, visitors?.treatment), holdout: totalsOf(arms.holdout, visitors?.holdout) },
    withoutArm: chosen.length - arms.treatment.length - arms.holdout.length,
    cancelled,
    repeated,
    comparisons: compareAll(arms, { trimmedAt, visitors }),
    trimmedAt,
    check: checkRatio(arms, options),
    ...powerOf(arms, options, first !== undefined && last !== undefined ? (last - first) / WEEK_MS : undefined),
    weeks: splitByWeek(arms),
    cartSizes: splitByCartSize(arms),
    missing: missingOf(arms, options, dates.length),
  };
}

function inTime(orders: readonly Order[], { since, until }: UpliftOptions): readonly Order[] {
  if (since === undefined && until === undefined) return orders;
  const dated = orders.filter(({ orderedAt }) => orderedAt !== undefined);
  if (dated.length === 0)
    throw new TillsideError(
      'input-invalid',
      'The orders have no dates, so --since and --until choose none. Export them with their date.',
    );
  return dated.filter(({ orderedAt = 0 }) => orderedAt >= (since ?? -Infinity) && orderedAt < (until ?? Infinity));
}

function ofOneCurrency(orders: readonly Order[], wanted: string | undefined) {
  const counts = new Map<string, number>();
  for (const { currency, arm } of orders) if (arm) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  const found = [...counts].map(([name, count]) => `${name || 'none'} (${count})`).join(', ');
  if (wanted === undefined && counts.size > 1)
    throw new TillsideError('input-invalid', `The orders are in several currencies: ${found}. Choose one by --currency.`);
  const currency = wanted ?? [...counts.keys()][0] ?? '';
  if (wanted !== undefined && !counts.has(wanted))
    throw new TillsideError(
      'input-invalid',
      `No order with an arm is in ${wanted}; there are: ${found || 'none'}. Choose one of these by --currency.`,
    );
  return { currency, chosen: orders.filter((order) => order.currency === currency || (wanted === undefined && !order.arm)) };
}

function armsOf(orders: readonly Order[]): Arms {
  const of = (wanted: Arm) => orders.filter(({ arm }) => arm === wanted);
  const arms = { treatment: of('treatment'), holdout: of('holdout') };
  for (const [name, found] of Object.entries(arms)) {
    if (found.length > 0) continue;
    const remedy =
      'Export orders from after `holdout` was switched on, with the attribute tillside_arm; docs/uplift.md says how for each platform';
    throw new TillsideError('input-invalid', `None of ${orders.length} orders is of the arm "${name}". ${remedy}.`);
  }
  return arms;
}

function checkVisitors(arms: Arms, visitors: UpliftOptions['visitors']): void {
  for (const arm of ['treatment', 'holdout'] as const) {
    const orders = arms[arm].length;
    if (visitors && visitors[arm] < orders)
      throw new TillsideError(
        'usage',
        `--visitors says ${visitors[arm]} of ${arm}, which has ${orders} orders. Count the visitors of the same days.`,
      );
  }
}

function totalsOf(orders: readonly Order[], visitors: number | undefined): ArmTotals {
  const revenue = orders.reduce((sum, { total }) => sum + total, 0);
  return { orders: orders.length, revenue, ...(visitors !== undefined && { visitors }) };
}

interface Comparing {
  readonly trimmedAt: number;
  readonly visitors: UpliftOptions['visitors'];
}

function compareAll(arms: Arms, { trimmedAt, visitors }: Comparing): Comparison[] {
  const made: Comparison[] = [];
  const add = (metric: Metric, of: (orders: readonly Order[], arm: Arm) => Moments): void => {
    const [treatment, holdout] = [of(arms.treatment, 'treatment'), of(arms.holdout, 'holdout')];
    const difference = differenceOf(treatment, holdout);
    made.push({ metric, treatment: treatment.mean, holdout: holdout.mean, difference, ratio: ratioOf(treatment, holdout) });
  };
  if (Math.min(arms.treatment.length, arms.holdout.length) < LEAST_ORDERS) return made;
  add('aov', (orders) => momentsOf(orders.map(({ total }) => total)));
  add('aovTrimmed', (orders) => momentsOf(orders.map(({ total }) => Math.min(total, trimmedAt))));
  const all = [...arms.treatment, ...arms.holdout];
  const sizeOf = itemsOf(all);
  if (sizeOf) add('addOnRate', (orders) => momentsOf(orders.map((order) => Number(sizeOf(order) >= 2))));
  if (all.every(({ units }) => units !== undefined))
    add('unitsPerOrder', (orders) => momentsOf(orders.map(({ units = 0 }) => units)));
  if (visitors) {
    add('conversion', (orders, arm) =>
      momentsOf(
        orders.map(() => 1),
        visitors[arm] - orders.length,
      ),
    );
    add('revenuePerVisitor', (orders, arm) =>
      momentsOf(
        orders.map(({ total }) => total),
        visitors[arm] - orders.length,
      ),
    );
  }
  return made;
}

/** Counts the different items of an order, or its units where only they are known. */
function itemsOf(orders: readonly Order[]): ((order: Order) => number) | undefined {
  if (orders.every(({ lines }) => lines !== undefined)) return ({ lines = 0 }) => lines;
  if (orders.every(({ units }) => units !== undefined)) return ({ units = 0 }) => units;
  return undefined;
}

function trimPoint(orders: readonly Order[]): number {
  const totals = orders.map(({ total }) => total).sort((a, b) => a - b);
  return totals[Math.ceil(totals.length * (1 - TRIMMED_SHARE)) - 1] ?? 0;
}

function checkRatio(arms: Arms, { holdout: expected, visitors }: UpliftOptions): RatioCheck {
  const treated = visitors?.treatment ?? arms.treatment.length;
  const held = visitors?.holdout ?? arms.holdout.length;
  const all = treated + held;
  const pValue = chiSquareTail((held - all * expected) ** 2 / (all * expected * (1 - expected)));
  return { of: visitors ? 'visitors' : 'orders', expected, observed: held / all, pValue, isMismatch: pValue < MISMATCH_P };
}

function powerOf(
  { treatment, holdout }: Arms,
  { holdout: share, effect }: UpliftOptions,
  weeks: number | undefined,
): { power?: Power } {
  const orders = treatment.length + holdout.length;
  if (Math.min(treatment.length, holdout.length) < LEAST_ORDERS) return {};
  const { mean, variance } = momentsOf([...treatment, ...holdout].map(({ total }) => total));
  if (!(mean > 0 && variance > 0)) return {};
  const quantiles = normalQuantile(0.975) + normalQuantile(POWER);
  /** orders × effect² */
  const price = (quantiles ** 2 * (variance / mean ** 2)) / (share * (1 - share));
  const ordersNeeded = Math.ceil(price / effect ** 2);
  const ordersLeft = Math.max(0, ordersNeeded - orders);
  const weeksLeft = weeks && weeks >= 1 ? { weeksLeft: Math.ceil((ordersLeft / orders) * weeks) } : {};
  return { power: { effect, ordersNeeded, ordersLeft, ...weeksLeft, detectable: Math.sqrt(price / orders) } };
}

function missingOf({ treatment, holdout }: Arms, { visitors }: UpliftOptions, dated: number): string[] {
  const all = [...treatment, ...holdout];
  const least = Math.min(treatment.length, holdout.length);
  return [
    ...(least < LEAST_ORDERS
      ? [`Nothing can be compared yet: an arm has ${least} orders, and at least ${LEAST_ORDERS} are needed`]
      : []),
    ...(visitors
      ? []
      : [
          'Conversion cannot be told from orders alone: it needs the visitors of each arm, from the shop’s own analytics, as --visitors TREATMENT,HOLDOUT. tillside counts no visitors and sends none',
        ]),
    ...(itemsOf(all) ? [] : ['Add-on rate and units cannot be told: the export has no quantities']),
    ...(dated > 0 ? [] : ['Weeks cannot be told: the export has no dates']),
  ];
}

/** `2026-05-04`, UTC */
function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
