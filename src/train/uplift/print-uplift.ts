import { textTable } from '../evaluate/text-table.js';
import type { UpliftReport } from './report.js';
import {
  changeText,
  checkText,
  count,
  differenceText,
  figureOf,
  headlineOf,
  LIMITS,
  METRIC_NAMES,
  money,
  powerText,
  verdictOf,
} from './words.js';

const VERDICTS = { more: 'more', less: 'less', unclear: 'not told from chance' } as const;

/** The report as a terminal shows it. */
export function printUplift(report: UpliftReport): string {
  const { comparisons, currency, missing } = report;
  const rows = comparisons.map((each) => [
    METRIC_NAMES[each.metric],
    figureOf(each.metric, each.treatment, currency),
    figureOf(each.metric, each.holdout, currency),
    differenceText(each),
    changeText(each),
    VERDICTS[verdictOf(each)],
  ]);
  const head = ['', 'treatment', 'holdout', 'difference (95 % interval)', 'change (95 % interval)', ''];
  return [
    headlineOf(report),
    '',
    ...totals(report),
    '',
    ...(rows.length > 0 ? [...textTable([head, ...rows], [0, 5]), ''] : []),
    `Arms: ${checkText(report.check)}`,
    ...(report.power ? [`Orders: ${powerText(report)}`] : []),
    ...missing.map((each) => `Missing: ${each}.`),
    '',
    'What the figures cannot say:',
    ...LIMITS.map((each) => `  - ${each}`),
  ].join('\n');
}

function totals({ arms, from, until, withoutArm, cancelled, repeated, currency, trimmedAt }: UpliftReport): string[] {
  const of = (name: 'treatment' | 'holdout') => {
    const { orders, revenue, visitors } = arms[name];
    return `${name}: ${count(orders)} orders, ${money(revenue, currency)}${visitors === undefined ? '' : `, ${count(visitors)} visitors`}`;
  };
  const left = [
    `${count(withoutArm)} without an arm`,
    ...(cancelled ? [`${count(cancelled)} cancelled, refunded or never paid`] : []),
    ...(repeated ? [`${count(repeated)} that are in two files counted once`] : []),
  ];
  return [
    `${from && until ? `${from} to ${until}; ` : ''}${of('treatment')}; ${of('holdout')}.`,
    `Left out: ${left.join(', ')}. Orders above ${money(trimmedAt, currency)} are the highest 1 %.`,
  ];
}
