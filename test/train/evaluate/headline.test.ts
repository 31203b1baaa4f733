import { describe, expect, it } from 'vitest';
import { evaluateLog } from '../../../src/train/evaluate/evaluate-log.js';
import { headlineProtocol } from '../../../src/train/evaluate/headline.js';
import { printReport } from '../../../src/train/evaluate/print-report.js';
import type { Query } from '../../../src/train/evaluate/query.js';
import { toSheet } from '../../../src/train/evaluate/report-sheet.js';
import { splitByTime } from '../../../src/train/evaluate/split-log.js';
import { SILENT } from '../../../src/train/progress.js';
import { aLog } from '../../support/a-log.js';

// 40 shoppers come every 10 days with two new things and one that they always take; the 11 of a big cart are no headline
const log = aLog(
  Array.from({ length: 200 }, (_, i) => ({
    visitor: `v${i % 40}`,
    day: Math.floor(i / 4),
    events: i % 40 === 0 ? Array.from({ length: 12 }, (_, k) => `k${k}`) : [`own${i % 40}`, `x${i % 7}`, `y${i % 7}`],
  })),
);
const asked: Query[] = [];
/** Knows what the device remembers. */
const model = {
  name: 'tillside',
  usesHistory: true,
  recommend(query: Query) {
    asked.push(query);
    return query.history.some(({ itemId }) => itemId === query.target) ? [{ itemId: query.target, score: 1 }] : [];
  },
};
const plan = { log, ...splitByTime(log), model, seeds: [1], protocols: ['masked-basket'], progress: SILENT } as const;
const report = evaluateLog({ ...plan, histories: [30, 7], baselines: ['popularity', 'own-last-5'] });
const rowOf = (historyDays: number, part: string) =>
  report.headline?.rows.find((row) => row.historyDays === historyDays && row.part === part);

describe('the headline', () => {
  it('has small carts alone, anonymous first, then by memory, re-buys and first buys apart', () => {
    expect(report.headline?.rows.map(({ historyDays, part }) => `${historyDays} ${part}`)).toEqual([
      '0 all',
      '7 all',
      '30 all',
      '30 re-buy',
      '30 first buy, history known',
    ]);
    expect(rowOf(0, 'all')?.queries).toBe(39);
  });

  it('gives re-buys what only a memory can give, and first buys nothing', () => {
    expect(rowOf(0, 'all')?.hr4).toBe(0);
    expect(rowOf(30, 're-buy')?.hr4).toBe(1);
    expect(rowOf(30, 'first buy, history known')?.hr4).toBe(0);
    const { queries = 0, hr4 = 0 } = rowOf(30, 'all') ?? {};
    expect(hr4).toBeCloseTo((rowOf(30, 're-buy')?.queries ?? 0) / queries);
  });

  it('compares with the baseline that is best on the very questions', () => {
    const row = rowOf(30, 're-buy');
    expect(row?.best.name).toBe('own-last-5');
    expect(row?.gain.mean).toBeCloseTo(1 - (row?.best.hr4 ?? 0));
  });

  it('asks nobody twice what a longer memory does not change', () => {
    const ids = asked.map(({ id, history }) => `${id} ${history.length}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(asked.filter(({ history }) => history.length === 0).length).toBe(40);
  });

  it('is printed first', () => {
    expect(printReport(toSheet(report))).toMatch(/^HEADLINE · masked-basket, carts of ≤ 5 shown.*\n.*\nanonymous +39 /);
  });

  it('reads the protocol whose answers are new', () => {
    expect(headlineProtocol(['next-item', 'next-new-item'])).toBe('next-new-item');
    expect(headlineProtocol(['next-item', 'growing-cart'])).toBeUndefined();
  });
});

describe('the replay', () => {
  it('counts a hit by how much its place is looked at', () => {
    const third = {
      name: 'third',
      recommend: ({ target }: Query) => ['p', 'q', target].map((itemId, i) => ({ itemId, score: 3 - i })),
    };
    const catalog = log.itemIds.map((itemId) => ({ itemId, title: itemId, price: 10, currency: 'EUR' }));
    const { replay } = evaluateLog({ ...plan, model: third, histories: [], baselines: ['popularity'], catalog });
    const [ours] = replay?.rows[0]?.methods ?? [];
    expect(ours?.hit4.mean).toBe(1);
    expect(ours?.hitAt).toEqual([0, 0, 1, 0]);
    expect(ours?.addsPer1000.mean).toBeCloseTo(1000 / Math.log2(4));
    expect(ours?.revenuePer1000?.mean).toBeCloseTo(10_000 / Math.log2(4));
    expect(replay?.currency).toBe('EUR');
  });

  it('says nothing of money where prices are unknown', () => {
    const { replay } = evaluateLog({ ...plan, histories: [], baselines: ['popularity'] });
    expect(replay?.rows[0]?.methods[0]).not.toHaveProperty('revenuePer1000');
  });
});
