import type { Range } from './intervals.js';
import type { Comparison, Metric, RatioCheck, UpliftReport } from './report.js';

/** What each figure is called. */
export const METRIC_NAMES: Readonly<Record<Metric, string>> = {
  aov: 'Average order value',
  aovTrimmed: 'The same, highest 1 % cut',
  addOnRate: 'Add-on rate',
  unitsPerOrder: 'Units per order',
  conversion: 'Conversion',
  revenuePerVisitor: 'Revenue per visitor',
};

const SHARES: readonly Metric[] = ['addOnRate', 'conversion'];
const COUNTS: readonly Metric[] = ['unitsPerOrder'];

/** Writes one arm's figure: `£24.10`-like amounts with the currency behind, shares in %. */
export function figureOf(metric: Metric, value: number, currency: string): string {
  if (SHARES.includes(metric)) return percent(value, 2);
  return COUNTS.includes(metric) ? value.toFixed(2) : money(value, currency);
}

/** Writes a difference with its interval: `+1.20 (−0.10 to +2.50)`. */
export function differenceText({ metric, difference }: Comparison): string {
  const write = SHARES.includes(metric) ? (value: number) => `${signed(100 * value)} pp` : (value: number) => signed(value);
  return rangeText(difference, write);
}

/** Writes a ratio as a change: `+4.2 % (−0.4 % to +9.1 %)`. */
export function changeText({ ratio }: Pick<Comparison, 'ratio'>): string {
  return rangeText(ratio, (value) => (value === Number.POSITIVE_INFINITY ? 'any' : `${signed(100 * (value - 1), 1)} %`));
}

function rangeText({ value, low, high }: Range, write: (value: number) => string): string {
  return `${write(value)} (${write(low)} to ${write(high)})`;
}

/** Whether an interval leaves "no effect" out. */
export function verdictOf({ difference: { low, high } }: Comparison): 'more' | 'less' | 'unclear' {
  return low > 0 ? 'more' : high < 0 ? 'less' : 'unclear';
}

/** The answer in a sentence: by the revenue of a visitor where it is known, as nothing else counts orders that would not have been. */
export function headlineOf(report: UpliftReport): string {
  const { comparisons, check, missing } = report;
  const main =
    comparisons.find(({ metric }) => metric === 'revenuePerVisitor') ?? comparisons.find(({ metric }) => metric === 'aov');
  if (!main) return `${missing[0]}.`;
  if (check.isMismatch)
    return `Do not read the figures yet: the arms are not of the size that was drawn, so orders of one of them are lost or counted twice.`;
  const what = main.metric === 'aov' ? 'the average order value' : 'the revenue of a visitor';
  const change = changeText(main);
  const said = {
    more: `Suggestions raise ${what}, by ${change}.`,
    less: `Suggestions lower ${what}, by ${change}.`,
    unclear: `No effect on ${what} can be told from chance so far: ${change}.`,
  };
  return said[verdictOf(main)];
}

/** What the check of the arms' sizes says. */
export function checkText({ of, expected, observed, pValue, isMismatch }: RatioCheck): string {
  const found = `${percent(observed, 2)} of the ${of} are held out, ${percent(expected, 2)} were drawn (chi-square, p = ${pValue < 1e-4 ? '< 0.0001' : pValue.toFixed(4)})`;
  if (!isMismatch) return `${found}: as it should be.`;
  const why =
    of === 'visitors'
      ? 'Something counts visitors of one arm more than of the other. The figures below cannot be trusted until it is found.'
      : 'Either one arm orders more often (compare conversion, with --visitors), or its orders lose the attribute on the way, or the share was changed during the test. Find out which before reading on.';
  return `${found}: this is no chance. ${why}`;
}

/** How long the test has to go on. */
export function powerText({ power, arms }: UpliftReport): string {
  if (!power) return '';
  const { effect, ordersNeeded, ordersLeft, weeksLeft, detectable } = power;
  const orders = arms.treatment.orders + arms.holdout.orders;
  const left = ordersLeft > 0 ? `${count(ordersLeft)} more` : 'none more';
  const weeks = weeksLeft && ordersLeft > 0 ? `, about ${weeksLeft} week${weeksLeft === 1 ? '' : 's'} at the pace so far` : '';
  return (
    `To tell a change of ${percent(effect, 1)} in the average order value from chance, four times in five, takes ${count(ordersNeeded)} orders in both arms together: ${left}${weeks}. ` +
    `The ${count(orders)} so far would show one of ${percent(detectable, 1)} or more.`
  );
}

/** What the figures cannot say, whatever they are. */
export const LIMITS: readonly string[] = [
  'Only shoppers who consented, and whose browser keeps the arm, are in the test. What suggestions would do for the others is not known.',
  'Looking every week and stopping at the first good one finds effects that are not there: the intervals hold for one look. Decide on the number of orders before, and look then.',
  'A new thing is looked at because it is new, and a season is not a year. The first weeks may say too much; see the weeks.',
  'Orders that lose the attribute (express checkouts that skip the cart, another device, a phone order) are left out. That is harmless only while both arms lose as many.',
  'An average order value tells of those who ordered. If suggestions made somebody order who would not have, with a small cart, it falls although the shop gains: conversion and revenue per visitor tell that.',
  'Add-ons are counted in all orders alike, not those that were clicked: what shoppers would have bought anyway is in both arms, and cancels out.',
  'A shopper who orders twice counts twice, as if they were two: with many returning shoppers the intervals are somewhat too narrow.',
  'Revenue is no margin, and returns come later.',
];

export function percent(share: number, digits: number): string {
  return `${Number((100 * share).toFixed(digits))} %`;
}

export function money(value: number, currency: string): string {
  return `${value.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}${currency ? ` ${currency}` : ''}`;
}

export function count(value: number): string {
  return value.toLocaleString('en');
}

function signed(value: number, digits = 2): string {
  const text = Math.abs(value).toFixed(digits);
  return Number(text) === 0 ? text : `${value < 0 ? '−' : '+'}${text}`;
}
