// In: the report of a holdout test. Out: one HTML page that needs nothing else, for the people who run the shop.
import { barChart } from '../../evaluate/html/chart.js';
import { escapeHtml, table } from '../../evaluate/html/markup.js';
import { STYLE } from '../../evaluate/html/style.js';
import type { Range } from '../intervals.js';
import type { CartSize, Comparison, UpliftReport, Week } from '../report.js';
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
  percent,
  powerText,
  verdictOf,
} from '../words.js';
import { intervalPlot, weeksPlot } from './plots.js';

const PLOT_STYLE = `
.answer{font-size:1.25rem;line-height:1.35;max-width:44rem;margin:.75rem 0}
.beware{border-left:.3rem solid var(--rival);padding:.5rem 0 .5rem 1rem}
.fact small{display:block;color:var(--soft)}.fact.held b{color:var(--rival)}
.zero{stroke:var(--ink);stroke-width:1.25}.whisker{stroke:var(--ours);stroke-width:3;stroke-linecap:round}
circle.ours{fill:var(--ours)}circle.rival{fill:var(--rival)}
.spread{stroke-width:1.25;opacity:.45}.spread.ours{stroke:var(--ours)}.spread.rival{stroke:var(--rival)}
svg .figure{fill:var(--soft)}svg .name{paint-order:stroke;stroke:var(--paper);stroke-width:4;stroke-linejoin:round}
.limits{max-width:44rem;padding-left:1.25rem}.limits li{margin:.35rem 0}
.charts{max-width:44rem}
`;

/** The report as a page: no script, no font, no image from elsewhere. */
export function toUpliftHtml(report: UpliftReport): string {
  const { comparisons, weeks, cartSizes, missing } = report;
  const body = [
    heading(report),
    armsSection(report),
    ...(comparisons.length > 0 ? [effectSection(report)] : []),
    ...(weeks.length > 1 ? [weeksSection(weeks)] : []),
    ...(cartSizes.length > 0 ? [sizesSection(cartSizes)] : []),
    trustSection(report),
    `<h2>What these figures cannot say</h2><ul class="limits">${[...missing.map((each) => `${each}.`), ...LIMITS].map((each) => `<li>${escapeHtml(each)}</li>`).join('')}</ul>`,
  ];
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
    `<title>Do suggestions pay?</title><style>${STYLE}${PLOT_STYLE}</style></head><body><main>${unbroken(body.join('\n'))}</main></body></html>\n`
  );
}

/** Keeps a figure and its sign on one line. */
function unbroken(html: string): string {
  return html.replace(/ (?=%|pp\b)/g, '\u00a0');
}

function heading(report: UpliftReport): string {
  const { from, until, check } = report;
  return (
    `<h1>Do suggestions pay?</h1><p class="soft">${from && until ? `Orders from ${from} to ${until}. ` : ''}A share of the shoppers, drawn by lot, was shown no suggestions.</p>` +
    `<p class="answer${check.isMismatch ? ' beware' : ''}"><strong>${escapeHtml(headlineOf(report))}</strong></p>`
  );
}

function armsSection({ arms, comparisons, currency }: UpliftReport): string {
  const aov = comparisons.find(({ metric }) => metric === 'aov');
  const card = (name: 'treatment' | 'holdout', words: string) => {
    const { orders, revenue, visitors } = arms[name];
    const average = aov?.[name] ?? revenue / orders;
    const seen = visitors === undefined ? '' : `, ${count(visitors)} visitors`;
    return `<div class="fact${name === 'holdout' ? ' held' : ''}"><small>${words}</small><b>${escapeHtml(money(average, currency))}</b>an order on average<small>${count(orders)} orders${seen}, ${escapeHtml(money(revenue, currency))}</small></div>`;
  };
  const difference = aov
    ? `<div class="fact"><small>Difference of the average order</small><b>${escapeHtml(changeText(aov).split(' (')[0] ?? '')}</b>${escapeHtml(rangeWords(aov))}<small>95 % interval: so far the true figure may lie anywhere in it</small></div>`
    : '';
  return `<div class="facts">${card('treatment', 'Sees suggestions')}${card('holdout', 'Sees none')}${difference}</div>`;
}

function rangeWords(comparison: Comparison): string {
  return changeText(comparison).replace(/^.*\((.*)\)$/, '$1');
}

function effectSection({ comparisons, currency, trimmedAt }: UpliftReport): string {
  const toChange = ({ value, low, high }: Range): Range => ({ value: value - 1, low: low - 1, high: high - 1 });
  const rows = comparisons.map((each) => ({
    name: METRIC_NAMES[each.metric],
    range: toChange(each.ratio),
    text: changeText(each),
  }));
  const verdicts = { more: 'more', less: 'less', unclear: 'chance not ruled out' };
  return (
    `<h2>What changes</h2><p>Each dot is the change that suggestions made in the orders counted, each line where the true change may lie: 95 of 100 such lines hold it. One that crosses 0 may be chance.</p>` +
    `<div class="charts">${intervalPlot('Change by suggestions, with 95 % intervals', rows)}</div>` +
    table(
      ['figure', 'sees suggestions', 'sees none', 'difference (95 % interval)', 'read as'],
      comparisons.map((each) => [
        METRIC_NAMES[each.metric],
        figureOf(each.metric, each.treatment, currency),
        figureOf(each.metric, each.holdout, currency),
        differenceText(each),
        verdicts[verdictOf(each)],
      ]),
    ) +
    `<p class="soft">Add-on rate: orders of two different items or more (units, where the export tells only those). Highest 1 % cut: an order above ${escapeHtml(money(trimmedAt, currency))} counts as that, so that a few very large ones decide nothing.</p>`
  );
}

function weeksSection(weeks: readonly Week[]): string {
  const aov = ({ aov: range }: Week['holdout']) => (range ? range.value.toFixed(2) : 'too few');
  return (
    '<h2>Week by week</h2><p>An effect that only the first weeks have is novelty. A single week has few orders: the thin lines show how little it says.</p>' +
    `<div class="charts">${weeksPlot('Average order value by week, with 95 % intervals', weeks)}</div><details><summary>The figures</summary>` +
    table(
      ['week from', 'orders, sees suggestions', 'average', 'orders, sees none', 'average'],
      weeks.map(({ from, treatment, holdout }) => [
        from,
        count(treatment.orders),
        aov(treatment),
        count(holdout.orders),
        aov(holdout),
      ]),
    ) +
    '</details>'
  );
}

function sizesSection(sizes: readonly CartSize[]): string {
  const points = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(100 * value).toFixed(2)} pp`;
  return (
    '<h2>By cart size</h2><p>If suggestions bring add-ons, orders move from the small sizes to the larger ones. The size is an outcome of the test, so its share is compared, not the value within it.</p>' +
    `<div class="charts">${barChart({
      title: 'Share of orders by units in the cart',
      labels: sizes.map(({ units }) => (units === '1' ? '1 unit' : `${units} units`)),
      series: [
        { name: 'sees suggestions', tone: 'ours', values: sizes.map(({ treatment }) => treatment) },
        { name: 'sees none', tone: 'rival', values: sizes.map(({ holdout }) => holdout) },
      ],
    })}</div>` +
    table(
      ['units', 'sees suggestions', 'sees none', 'difference (95 % interval)'],
      sizes.map(({ units, treatment, holdout, difference }) => [
        units,
        percent(treatment, 2),
        percent(holdout, 2),
        difference ? `${points(difference.value)} (${points(difference.low)} to ${points(difference.high)})` : '',
      ]),
    )
  );
}

function trustSection(report: UpliftReport): string {
  const { check, withoutArm, cancelled, repeated } = report;
  const left = [
    `${count(withoutArm)} orders carry no arm and are not part of the test`,
    ...(cancelled ? [`${count(cancelled)} were cancelled, refunded or never paid`] : []),
    ...(repeated ? [`${count(repeated)} were in two files and are counted once`] : []),
  ];
  return (
    `<h2>Can it be trusted?</h2><p${check.isMismatch ? ' class="beware"' : ''}>${escapeHtml(checkText(check))}</p>` +
    `<p>${escapeHtml(left.join('; '))}.</p>${report.power ? `<h2>How much longer?</h2><p>${escapeHtml(powerText(report))}</p>` : ''}`
  );
}
