import { describe, expect, it } from 'vitest';
import { barChart, lineChart } from '../../../../src/train/evaluate/html/chart.js';
import { type HtmlReport, toHtml } from '../../../../src/train/evaluate/html/html-report.js';
import { evaluateLog } from '../../../../src/train/evaluate/evaluate-log.js';
import type { ExposedSlate } from '../../../../src/train/evaluate/exposures/exposed-slate.js';
import { measureExposures } from '../../../../src/train/evaluate/exposures/measure-exposures.js';
import type { Recommender } from '../../../../src/train/evaluate/recommender.js';
import { SILENT } from '../../../../src/train/progress.js';
import { aLog } from '../../../support/a-log.js';

const log = aLog(Array.from({ length: 50 }, (_, i) => ({ visitor: `v${i % 5}`, events: ['a', 'b', 'c', i % 2 ? 'd' : 'e'] })));
const oracle: Recommender = { name: 'tillside', recommend: ({ target }) => [{ itemId: target, score: 1 }] };
const catalog = ['a', 'b', 'c', 'd', 'e'].map((itemId) => ({
  itemId,
  title: `Thing ${itemId}`,
  category: itemId < 'c' ? '<Things>' : 'Others',
  price: 2,
  currency: 'EUR',
}));
const slates = Array.from({ length: 40 }, (_, i): ExposedSlate => {
  const places = ['d', 'e'].map((itemId, k) => ({ itemId, position: k + 1, isAdded: i % (k + 2) === 0 }));
  return { slateId: `s${i}`, sessionId: `s${i}`, shownAt: i, cart: ['a'], places };
});
const measured = evaluateLog({
  log,
  train: { from: 0, to: 40 },
  test: { from: 40, to: 50 },
  model: oracle,
  seeds: [1],
  protocols: ['masked-basket'],
  histories: [30],
  catalog,
  partsOf: () => [{ name: 'the <oracle>', bytes: 1234, recommender: { name: 'none', recommend: () => [] } }],
  progress: SILENT,
});
const report = { ...measured, notes: ['a <note>'], exposures: measureExposures(slates, () => ['e', 'd'], 1) };
const manifest: HtmlReport['manifest'] = {
  id: '0123456789abcdef',
  createdAt: '2026-01-01T00:00:00Z',
  output: 'affinity',
  items: { count: 5, dim: 0 },
  files: [
    { role: 'catalog', path: 'c.json', bytes: 3000, sha256: '' },
    { role: 'neighbours', path: 'n.bin', bytes: 1000, sha256: '' },
  ],
};
const example = {
  shown: ['Cup & <b>saucer</b>'],
  target: 'Spoon',
  purchases: 2,
  suggestions: [
    { title: 'Spoon', reason: 'often bought with Cup', isTarget: true },
    { title: '"Knife"', reason: 'popular', isTarget: false },
  ],
};
const page = toHtml({ report, examples: [example], manifest });

describe('the report for a merchandiser', () => {
  it('needs nothing else and runs nothing', () => {
    expect(page).not.toMatch(/<script|<link|<img|https?:|@import|url\(/);
    expect(page).toMatch(/^<!doctype html><html lang="en">/);
  });

  it('says in words how the model did on small carts, with and without own purchases', () => {
    const facts = page.match(/<div class="fact">.*?<\/div>/gs) ?? [];
    expect(facts).toHaveLength(2);
    expect(facts[0]).toContain('100.0\u00a0%</b>of 10 carts of five items or fewer');
    expect(facts[0]).toMatch(/Nothing is known of the shopper\..*The difference is within chance\./);
    expect(facts[1]).toContain('30 days of own purchases');
  });

  it('calls a gain clear when its interval leaves 0 out', () => {
    const rows = (report.headline?.rows ?? []).map((row) => ({ ...row, gain: { ...row.gain, low: 0.1, high: 0.3 } }));
    const headline = { protocol: 'masked-basket', rows } as const;
    expect(toHtml({ report: { ...report, headline }, examples: [], manifest })).toContain(
      'That is a clear gain (+10.0 to +30.0 points).',
    );
  });

  it('escapes every text of the shop', () => {
    expect(page).toContain('Cup &#38; &#60;b&#62;saucer&#60;/b&#62;');
    expect(page).toContain('&#60;Things&#62;');
    expect(page).toContain('a &#60;note&#62;');
    expect(page).not.toContain('<b>saucer');
  });

  it('marks the hits of the example carts and gives reasons', () => {
    expect(page).toContain('<span class="hit">✓ Spoon</span> <small class="soft">often bought with Cup</small>');
    expect(page).toContain('2 earlier purchases known');
  });

  it('lists every method and the bytes of every part', () => {
    for (const { method } of report.tables[0]?.methods ?? []) expect(page).toContain(`<th scope="row">${method}</th>`);
    expect(page).toContain('<th scope="row">catalog</th><td>3.0 KB</td><td>75.0\u00a0%</td>');
  });

  it('says what the hits might be worth, and that it is no extra revenue', () => {
    expect(page).toContain('<th>their price, EUR</th>');
    expect(page).toMatch(
      /<th scope="row">tillside<\/th><td>none<\/td>.*?<td>1,000 \(1,000 to 1,000\)<\/td><td>2,000 \(2,000 to 2,000\)<\/td>/,
    );
    expect(page).toContain('<strong>This is not extra revenue.</strong>');
  });

  it('says how often each place is taken from, and doubts what rests on little', () => {
    expect(page).toContain('40 slates of the shop with 80 impressions and 34 items taken');
    expect(page).toContain('<th scope="row">2</th><td>40</td>');
    expect(page).toContain('<strong>Beware:</strong> no propensity column');
  });

  it('says what each part brings and weighs', () => {
    expect(page).toContain(
      '<th scope="row">the &#60;oracle&#62;</th><td>1.2 KB</td><td>0.0\u00a0%</td><td>+100.0 (+100.0 to +100.0)</td>',
    );
  });

  it('is well-formed: every tag that opens closes', () => {
    const open: string[] = [];
    for (const [, slash, tag = '', self] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*?(\/?)>/g)) {
      if (self || ['meta', 'br'].includes(tag)) continue;
      if (slash) expect(open.pop()).toBe(tag);
      else open.push(tag);
    }
    expect(open).toEqual([]);
  });
});

describe('charts', () => {
  const series = [{ name: 'one', tone: 'ours' as const, values: [0, 0.2, 0.4] }];

  it('draw a line from the axis to its round end', () => {
    const svg = lineChart({ title: 't', labels: ['1', '2', '3'], series });
    expect(svg).toContain('points="44.0,200.0 218.0,104.0 392.0,8.0"');
    expect(svg).toContain('>40\u00a0%</text>');
  });

  it('write the first and the last label of many, and none over another', () => {
    const labels = Array.from({ length: 20 }, (_, i) => String(i + 1));
    const svg = lineChart({ title: 't', labels, series: [{ ...series[0]!, values: labels.map(() => 0.1) }] });
    const written = [...svg.matchAll(/y="216" text-anchor="\w+">(\d+)</g)].map(([, label]) => Number(label));
    expect([written[0], written.at(-1)]).toEqual([1, 20]);
    expect(written).not.toContain(19);
  });

  it('draw bars as long as their values', () => {
    const svg = barChart({ title: 't', labels: ['a', 'b'], series: [{ name: 'one', tone: 'ours', values: [0.2, 0.4] }] });
    expect([...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width))).toEqual([168, 336]);
  });
});
