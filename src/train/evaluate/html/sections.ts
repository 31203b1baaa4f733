// In: tables of a report. Out: the sections of its page.
import type { Manifest } from '../../../core/model/manifest.schema.js';
import type { MethodFigures } from '../evaluate.js';
import { bestBaseline } from '../report-sheet.js';
import { type ConfidenceGroup, describe, type ReportTable } from '../tabulate.js';
import { barChart, lineChart, type Series } from './chart.js';
import type { ExampleCart } from './example-carts.js';
import { escapeHtml, percent, table } from './markup.js';

const POPULARITY = 'popularity';
const MOST_DEPARTMENTS = 8;

function rivalOf(tabled: ReportTable): MethodFigures | undefined {
  const name = bestBaseline(tabled, { figure: 'HR', k: 10 });
  return tabled.methods.find(({ method }) => method === name);
}

/** Hit rate by number of suggestions, and by cart size. */
export function curvesSection(anonymous: ReportTable, withHistory: ReportTable | undefined): string {
  const [ours, own, rival] = [anonymous.methods[0], withHistory?.methods[0], rivalOf(anonymous)];
  const popular = anonymous.methods.find(({ method }) => method === POPULARITY && method !== rival?.method);
  const curve = (figures: MethodFigures | undefined, name: string, tone: Series['tone']): Series[] =>
    figures ? [{ name, tone, values: figures.curve }] : [];
  const series = [
    ...curve(own, `tillside, ${withHistory?.historyDays} days of own purchases known`, 'own'),
    ...curve(ours, 'tillside', 'ours'),
    ...curve(rival, `best other: ${rival?.method}`, 'rival'),
    ...curve(popular, 'best sellers', 'plain'),
  ];
  const sizes = (anonymous.lines ?? []).filter(({ slice }) => slice.endsWith(' shown'));
  return (
    '<h2>How often the missing item is found</h2><p>A hit means that the item the shopper really took is among the suggestions. More places find more; a cart page has about four.</p>' +
    `<div class="charts">${lineChart({
      title: 'Hits by number of suggestions',
      labels: Array.from({ length: 20 }, (_, i) => String(i + 1)),
      series,
      xTitle: 'suggestions shown',
    })}${barChart({
      title: 'Hits among ten, by items in the cart',
      labels: sizes.map(({ slice, queries }) => `${slice} (${queries.toLocaleString('en')} carts)`),
      series: [
        { name: 'tillside', tone: 'ours', values: sizes.map(({ model }) => model.hr10) },
        { name: 'best other method there', tone: 'rival', values: sizes.map(({ best }) => best.hr10) },
      ],
    })}</div>`
  );
}

/** Every slice as a line of a table. */
export function slicesSection(tables: readonly ReportTable[]): string {
  const signed = (value: number) => `${value < 0 ? '−' : '+'}${(100 * Math.abs(value)).toFixed(1)}`;
  const toTable = (tabled: ReportTable) =>
    `<details${tabled === tables[0] ? ' open' : ''}><summary>${tabled.historyDays > 0 ? `${tabled.historyDays} days of own purchases known` : 'Nothing known of the shopper'}</summary>${table(
      ['who and what', 'questions', 'tillside', 'best other', 'its name', 'difference, points', '95 % interval'],
      (tabled.lines ?? []).map(({ slice, queries, model, best, gain }) => [
        slice,
        queries.toLocaleString('en'),
        percent(model.hr10),
        percent(best.hr10),
        best.name,
        signed(gain.mean),
        `${signed(gain.low)} to ${signed(gain.high)}`,
      ]),
    )}</details>`;
  return (
    '<h2>For whom, and for what</h2><p>Hits among ten suggestions. A head target is among the fifth of the catalogue that sells most; a cold one had never been sold ' +
    `before. An interval that includes 0 is no clear difference.</p>${tables.map(toTable).join('')}`
  );
}

/** Long tail, confidence, and what four suggestions look like. */
/** @param page the questions of a cart page, where there are any: its rules decide what a slate looks like */
export function looksSection(anonymous: ReportTable, output: Manifest['output'], page = anonymous): string {
  const [ours] = anonymous.methods;
  const rival = rivalOf(anonymous);
  const tenths = Array.from({ length: 10 }, (_, i) => (i === 0 ? 'slowest' : i === 9 ? 'best sellers' : ''));
  const tail = lineChart({
    title: 'Which items are suggested, by how well they sell',
    labels: tenths,
    series: [
      { name: 'suggested by tillside', tone: 'ours', values: ours?.byPopularity4 ?? [] },
      ...(rival ? [{ name: `suggested by ${rival.method}`, tone: 'rival' as const, values: rival.byPopularity4 }] : []),
      { name: 'really taken', tone: 'plain', values: anonymous.targetsByPopularity },
    ],
    xTitle: 'tenths of the catalogue',
  });
  const isProbability = output === 'probability';
  const meaning = isProbability
    ? 'Its scores are chances that an item is added once it is shown: the two lines should lie on each other where shoppers are shown what they take anyway.'
    : 'Its scores are affinities, not probabilities. They order the suggestions of one cart; where the line does not rise they say nothing from one cart to the next, ' +
      'and at no time may they be multiplied by money.';
  const sure = sureChart(anonymous.confidence ?? [], isProbability);
  return (
    `<h2>What the suggestions look like</h2><p>The second plot puts the carts in order of the score of their first suggestion. ${meaning}</p>` +
    `<div class="charts">${tail}${sure}${departmentsChart(ours, rival)}</div>${looksTable(page)}`
  );
}

/** How often the model is right by how sure it is; beside what it claims, where it claims anything. */
function sureChart(groups: readonly ConfidenceGroup[], isProbability: boolean): string {
  const labels = groups.map((_, i) => (i === 0 ? 'lowest' : i === groups.length - 1 ? 'highest' : ''));
  const series: Series[] = isProbability
    ? [
        { name: 'taken', tone: 'ours', values: groups.map(({ hr1 }) => hr1) },
        { name: 'claimed', tone: 'plain', values: groups.map(({ score }) => score) },
      ]
    : [{ name: 'tillside', tone: 'ours', values: groups.map(({ hr4 }) => hr4) }];
  const title = isProbability
    ? 'The first suggestion: taken, and claimed to be'
    : 'Hits among four, by the score of the first suggestion';
  return lineChart({ title, labels, series, xTitle: 'tenths of the carts' });
}

/** How the suggestions are shared out between departments. */
function departmentsChart(ours: MethodFigures | undefined, rival: MethodFigures | undefined): string {
  const shares = Object.entries(ours?.looks4?.byDepartment ?? {}).slice(0, MOST_DEPARTMENTS);
  if (shares.length < 2) return '';
  return barChart({
    title: 'Suggestions by department',
    labels: shares.map(([department]) => department),
    series: [
      { name: 'tillside', tone: 'ours', values: shares.map(([, share]) => share) },
      ...(rival?.looks4
        ? [{ name: rival.method, tone: 'rival' as const, values: shares.map(([name]) => rival.looks4?.byDepartment[name] ?? 0) }]
        : []),
    ],
  });
}

function looksTable({ methods }: ReportTable): string {
  if (methods[0]?.looks4 === undefined) return '';
  const rows = methods.flatMap(({ method, looks4, coverage20 }) => {
    if (looks4 === undefined) return [];
    const [department, share] = Object.entries(looks4.byDepartment)[0] ?? ['none', 0];
    return [
      [
        method,
        percent(looks4.nearDuplicates),
        percent(looks4.nearByWords),
        percent(looks4.nearByTrigrams),
        percent(looks4.diversity),
        percent(coverage20),
        `${department}, ${percent(share)}`,
      ],
    ];
  });
  return (
    '<p>Near-duplicates repeat what is in the cart: a variant of it, or the same title but for colour, size or number. By words they have six of ten words in ' +
    'common, whatever these say, and by trigrams seven of ten runs of three characters: two other lights, so that no figure rests on one definition. ' +
    'Variety is how little the titles of one slate have in common. ' +
    'Reach is the part of the catalogue that is suggested to anybody at all, among twenty.</p>' +
    table(['method', 'near-duplicates', 'by words', 'by trigrams', 'variety', 'reach', 'largest department'], rows)
  );
}

/** Twenty carts in product names. */
export function cartsSection(examples: readonly ExampleCart[]): string {
  if (examples.length === 0) return '';
  const carts = examples.map(({ shown, target, purchases, suggestions }) => {
    const items = suggestions.map(
      ({ title, reason, isTarget }) =>
        `<li>${isTarget ? `<span class="hit">✓ ${escapeHtml(title)}</span>` : escapeHtml(title)} <small class="soft">${escapeHtml(reason)}</small></li>`,
    );
    const known = purchases > 0 ? ` <small class="soft">${purchases} earlier purchases known</small>` : '';
    return (
      `<article class="cart"><h3>What was shown</h3><ul>${shown.map((title) => `<li>${escapeHtml(title)}</li>`).join('')}</ul>${known}` +
      `<h3>Suggested</h3><ol>${items.join('')}</ol><h3>Really taken as well</h3>${escapeHtml(target)}</article>`
    );
  });
  return `<h2>Twenty carts</h2><p>Drawn at random, not for being answered well. ✓ marks a hit.</p><div class="carts">${carts.join('')}</div>`;
}

/** Every method at every cut-off, a table a setting. */
export function methodsSection(tables: readonly ReportTable[]): string {
  // the last table of a slice holds all its seeds
  const last = new Map(tables.map((tabled) => [`${describe(tabled)} · ${tabled.slice}`, tabled]));
  const parts = [...last].map(
    ([name, { methods, queries }], i) =>
      `<details${i === 0 ? ' open' : ''}><summary>${escapeHtml(name)} · ${queries.toLocaleString('en')} questions</summary>${table(
        ['method', 'HR@4', 'HR@10', 'HR@20', 'MRR@20', 'NDCG@10', 'HR@10, 95 %'],
        methods.map(({ method, at, hr10 }) => [
          method,
          ...[at['4']?.hr, at['10']?.hr, at['20']?.hr, at['20']?.mrr, at['10']?.ndcg].map((value = 0) => value.toFixed(3)),
          `${hr10.low.toFixed(3)}–${hr10.high.toFixed(3)}`,
        ]),
      )}</details>`,
  );
  return `<h2>Every method</h2>${parts.join('')}`;
}

/** What a shopper's device downloads. */
export function sizesSection({ files, items }: Pick<Manifest, 'files' | 'items'>): string {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`;
  const rows = [...files]
    .sort((a, b) => b.bytes - a.bytes)
    .map(({ role, bytes }) => [role, kilobytes(bytes), percent(bytes / total)]);
  return (
    `<h2>What a device downloads</h2><p>${kilobytes(total)} for ${items.count.toLocaleString('en')} items, before compression, once a version.</p>` +
    table(['part', 'size', 'share'], [...rows, ['all', kilobytes(total), '100 %']])
  );
}
