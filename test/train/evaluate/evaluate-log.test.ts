import { describe, expect, it } from 'vitest';
import { evaluateLog, protocolsFor } from '../../../src/train/evaluate/evaluate-log.js';
import { printReport } from '../../../src/train/evaluate/print-report.js';
import { toSheet } from '../../../src/train/evaluate/report-sheet.js';
import { splitAfter, splitByTime } from '../../../src/train/evaluate/split-log.js';
import type { Recommender } from '../../../src/train/evaluate/recommender.js';
import { SILENT } from '../../../src/train/progress.js';
import { aLog } from '../../support/a-log.js';

const DAY = 86_400_000;
const log = aLog(Array.from({ length: 50 }, (_, i) => ({ visitor: `v${i % 5}`, events: ['a', 'b', 'c', i % 2 ? 'd' : 'e'] })));
const oracle: Recommender = { name: 'oracle', recommend: ({ target }) => [{ itemId: target, score: 1 }] };
const nothing: Recommender = { name: 'nothing', recommend: () => [] };

const evaluate = (model: Recommender, seeds = [1]) =>
  evaluateLog({ log, ...splitByTime(log), model, seeds, protocols: ['masked-basket'], histories: [], progress: SILENT });

describe('evaluateLog', () => {
  it('gives a method that knows the answers 1, and a gain above 0 over every baseline that does not', () => {
    const { tables, split } = evaluate(oracle);
    expect(split).toMatchObject({ trainSessions: 40, testSessions: 10 });
    const [all] = tables;
    expect(all?.methods[0]).toMatchObject({ method: 'oracle', at: { '4': { hr: 1, mrr: 1, ndcg: 1 } } });
    for (const { over, figure, k, mean, low } of all?.gains ?? []) {
      const at = all?.methods.find(({ method }) => method === over)?.at[String(k)];
      const theirs = (figure === 'HR' ? at?.hr : at?.mrr) as number;
      expect(mean).toBeCloseTo(1 - theirs);
      if (mean > 0.5) expect(low).toBeGreaterThan(0);
    }
  });

  it('gives a method that answers nothing 0', () => {
    expect(evaluate(nothing).tables[0]?.methods[0]).toMatchObject({
      at: { '20': { hr: 0, mrr: 0 } },
      coverage20: 0,
      popularityBias20: 0,
    });
  });

  it('asks each seed its own masks and pools them', () => {
    const tables = evaluate(oracle, [1, 2, 3]).tables.filter(({ slice }) => slice === 'all');
    expect(tables.map(({ seeds, queries }) => [seeds, queries])).toEqual([
      [[1], 10],
      [[2], 10],
      [[3], 10],
      [[1, 2, 3], 30],
    ]);
  });

  it('measures with the visitor’s history beside without', () => {
    const report = evaluateLog({
      log,
      ...splitByTime(log),
      model: nothing,
      seeds: [1],
      protocols: protocolsFor(log),
      histories: [30],
      progress: SILENT,
    });
    expect(report.tables.map(({ protocol, slice, historyDays }) => `${protocol} ${slice} ${historyDays}`)).toEqual([
      'masked-basket all 0',
      'masked-basket all 30',
      'cart-page all 0',
      'cart-page all 30',
      'growing-cart first 1 shown 0',
      'growing-cart first 3 shown 0',
      'growing-cart first 5 shown 0',
      'growing-cart first 1 shown 30',
      'growing-cart first 3 shown 30',
      'growing-cart first 5 shown 30',
    ]);
  });

  it('prints every method and the verdict', () => {
    const text = printReport(toSheet(evaluate(nothing)));
    for (const name of ['nothing', 'popularity', 'cosine-weighted', 'vs-knn', 'HR@10', 'cover@20']) expect(text).toContain(name);
    expect(text).toMatch(/HR@10 over cosine: −1\.0000, paired 95 % −1\.0000 to −1\.0000: worse/);
  });
});

describe('splitAfter', () => {
  it('tests only sessions that began after the fit ended', () => {
    expect(splitAfter(log, 41 * DAY)).toEqual({ train: { from: 0, to: 42 }, test: { from: 42, to: 50 } });
  });

  it('refuses events that overlap training', () => {
    expect(() => splitAfter(log, 49 * DAY)).toThrow(
      expect.objectContaining({ code: 'events-overlap', message: expect.stringMatching(/overlap training.*--retrain/) }),
    );
  });
});
