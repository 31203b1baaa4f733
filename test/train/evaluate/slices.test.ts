import { describe, expect, it } from 'vitest';
import { evaluateLog } from '../../../src/train/evaluate/evaluate-log.js';
import { makeQueries } from '../../../src/train/evaluate/make-queries.js';
import { printReport } from '../../../src/train/evaluate/print-report.js';
import { toSheet } from '../../../src/train/evaluate/report-sheet.js';
import { lineSlices, tableSlices } from '../../../src/train/evaluate/slices.js';
import { type Recommender, underRulesOf } from '../../../src/train/evaluate/recommender.js';
import { SILENT } from '../../../src/train/progress.js';
import { aLog } from '../../support/a-log.js';

const log = aLog([
  { visitor: 'v', events: ['a', 'b'] },
  { visitor: 'w', events: ['a', 'c', 'd', 'e', 'f', 'g', 'h'] },
  { visitor: 'v', events: ['b', 'c', 'cold'] },
  { events: ['a', 'd', 'e', 'f', 'g'] },
]);
const isKnown = (itemId: string) => itemId !== 'cold';
const popularityOf = (itemId: string) => ({ a: 1, b: 0.9 })[itemId] ?? 0.5;

function namesOf(protocol: 'masked-basket' | 'next-item', historyDays = 0): Record<string, number> {
  const queries = makeQueries(log, { from: 0, to: 4 }, { protocol, seed: 1, isKnown, historyDays });
  return Object.fromEntries(lineSlices(queries, { isKnown, popularityOf }).map(({ name, keep }) => [name, keep.length]));
}

describe('lineSlices', () => {
  it('parts carts by size and shopper', () => {
    expect(namesOf('masked-basket')).toMatchObject({
      '1 shown': 1,
      '2–3 shown': 1,
      '4–5 shown': 1,
      '6+ shown': 1,
      'first-time shopper': 2,
      'returning shopper': 1,
      'shopper unknown': 1,
    });
  });

  it('parts targets into head, tail and cold, each once', () => {
    const { 'head target': head, 'tail target': tail, 'cold target': cold, ...others } = namesOf('next-item');
    expect([head, tail, cold]).toEqual([1, 11, 1]); // the first item of a session is no target
    expect(Object.keys(others)).not.toContain('re-buy');
  });

  it('tells re-buys from first buys where history is known', () => {
    expect(namesOf('next-item', 30)).toMatchObject({ 'first buy, history known': 2 });
    const again = aLog([
      { visitor: 'v', events: ['a', 'b'] },
      { visitor: 'v', events: ['c', 'a'] },
    ]);
    const queries = makeQueries(again, { from: 0, to: 2 }, { protocol: 'next-item', seed: 1, isKnown, historyDays: 30 });
    expect(lineSlices(queries, { isKnown, popularityOf }).find(({ name }) => name === 're-buy')?.keep).toEqual([1]);
  });
});

describe('tableSlices', () => {
  it('does not repeat all questions as a part of themselves', () => {
    const asked = (from: number, to: number) =>
      tableSlices('masked-basket', makeQueries(log, { from, to }, { protocol: 'masked-basket', seed: 1, isKnown })).map(
        ({ name, keep }) => [name, keep.length],
      );
    expect(asked(0, 4)).toEqual([
      ['all', 4],
      ['≤ 5 shown', 3],
    ]);
    expect(asked(0, 1)).toEqual([['all', 1]]);
  });

  it('has a table for no questions, which says so', () => {
    const report = evaluateLog({
      log: aLog([{ events: ['a', 'b'] }, { events: ['a', 'b', 'c'] }, { events: ['c'] }]),
      train: { from: 0, to: 2 },
      test: { from: 2, to: 3 },
      model: { name: 'none', recommend: () => [] },
      seeds: [1],
      protocols: ['masked-basket'],
      histories: [],
      progress: SILENT,
    });
    const text = printReport(toSheet(report));
    expect(text).toContain('no questions');
    expect(text).not.toContain('0.0000');
  });
});

describe('a report with slices', () => {
  const carts = aLog(
    Array.from({ length: 50 }, (_, i) => ({ visitor: `v${i % 5}`, events: ['a', 'b', 'c', i % 2 ? 'd' : 'e'] })),
  );
  const oracle: Recommender = {
    name: 'oracle',
    keepsOff: () => (itemId) => itemId === 'a',
    recommend: ({ target }) => [{ itemId: target, score: 1 }],
  };
  const catalog = ['a', 'b', 'c', 'd', 'e'].map((itemId) => ({ itemId, title: `Thing ${itemId}`, category: 'Things' }));
  const report = evaluateLog({
    log: carts,
    train: { from: 0, to: 40 },
    test: { from: 40, to: 50 },
    model: oracle,
    seeds: [1, 2],
    protocols: ['masked-basket'],
    histories: [],
    catalog,
    progress: SILENT,
  });
  const pooled = report.tables.find(({ slice, seeds }) => slice === 'all' && seeds.length === 2);

  it('gives lines over all questions of a setting only, each against the best baseline there', () => {
    expect(report.tables.filter(({ lines }) => lines !== undefined)).toEqual([pooled]);
    const sizes = pooled?.lines?.filter(({ slice }) => slice.endsWith(' shown'));
    expect(sizes?.reduce((sum, { queries }) => sum + queries, 0)).toBe(20);
    for (const { model, best, gain } of pooled?.lines ?? []) {
      expect(model).toEqual({ hr4: 1, hr10: 1, mrr20: 1 });
      expect(gain.mean).toBeCloseTo(1 - best.hr10);
    }
    const everybody = pooled?.lines?.find(({ slice }) => slice === 'returning shopper');
    expect(everybody?.queries).toBe(20);
    expect(everybody?.best.hr10).toBe(Math.max(...(pooled?.methods.slice(1) ?? []).map(({ at }) => at['10']?.hr ?? 0)));
  });

  it('counts the targets that rules keep off every slate, and lets no baseline show them', () => {
    const rules = { ...oracle, keepsOff: () => (itemId: string) => itemId === 'a' };
    const popular: Recommender = {
      name: 'popular',
      recommend: (_, k) => ['a', 'b', 'c', 'd'].map((itemId, i) => ({ itemId, score: -i })).slice(0, k),
    };
    const [query] = makeQueries(carts, { from: 0, to: 1 }, { protocol: 'masked-basket', seed: 1, isKnown });
    expect(
      underRulesOf(rules, popular)
        .recommend(query!, 2)
        .map(({ itemId }) => itemId),
    ).toEqual(['b', 'c']);
    expect(
      underRulesOf(popular, popular)
        .recommend(query!, 2)
        .map(({ itemId }) => itemId),
    ).toEqual(['a', 'b']);
    expect(pooled?.ruledOut).toBeGreaterThan(0);
    expect(pooled?.ruledOut).toBeLessThan(20);
  });

  it('knows what the slates look like', () => {
    const [model] = pooled?.methods ?? [];
    expect(model?.looks4).toMatchObject({ nearDuplicates: 0, byDepartment: { Things: 1 } });
    expect(model?.curve).toEqual(Array.from({ length: 20 }, () => 1));
    expect(model?.byPopularity4.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
    expect(pooled?.confidence?.reduce((sum, { queries }) => sum + queries, 0)).toBe(20);
  });

  it('prints a line a slice and the rivals of every figure', () => {
    const text = printReport(toSheet(report));
    for (const part of ['2–3 shown', 'near@4', 'by words@4', 'by trigrams@4', 'diverse@4', 'targets ruled out', 'MRR@20 over '])
      expect(text).toContain(part);
  });
});
