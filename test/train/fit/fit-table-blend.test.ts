import { describe, expect, it } from 'vitest';
import { DEFAULT_BLEND } from '../../../src/core/model/table-blend.js';
import type { Query } from '../../../src/train/evaluate/query.js';
import { fitTableBlend, measureBothSizes, measureTables } from '../../../src/train/fit/fit-table-blend.js';
import { fitTables } from '../../../src/train/fit/tables.js';
import { toScoringTables } from '../../../src/train/fit/fitted-bundle.js';
import { SILENT } from '../../../src/train/progress.js';
import { DEFAULT_SETTINGS } from '../../../src/train/settings.js';
import { aLog } from '../../support/a-log.js';

const DAY = 86_400_000;

/** Every cart holds `a` and `b`; what a shopper bought before says what is hidden: an own `c-n`. */
function tables() {
  const log = aLog(Array.from({ length: 60 }, (_, i) => ({ visitor: `v${i % 20}`, events: ['a', 'b', `c-${i % 6}`] })));
  const range = { from: 0, to: 60 };
  const settings = { ...DEFAULT_SETTINGS, dim: 4, epochs: 0, minSupport: 1 };
  return toScoringTables('carts', fitTables(log, { range, catalog: [], settings, progress: SILENT }));
}

function aQuestion(n: number): Query {
  const events = ['a', 'b'].map((itemId, i) => ({
    eventId: `${n}-${itemId}`,
    type: 'add_to_cart' as const,
    itemId,
    occurredAt: 100 * DAY + i,
    sessionId: `s${n}`,
  }));
  const target = `c-${n % 6}`;
  const history = [{ itemId: target, day: 90 }];
  return {
    id: `${n}`,
    sessionId: `s${n}`,
    events,
    history,
    target,
    later: [target],
    now: 100 * DAY,
    shown: ['a', 'b'],
    exclude: 'shown',
  };
}

describe('fitTableBlend', () => {
  it('gives own purchases weight where they say what is bought again', () => {
    const questions = Array.from({ length: 24 }, (_, n) => aQuestion(n));
    const scored = tables();
    const { blend, figures } = fitTableBlend({ ...scored, blend: undefined }, questions);
    expect(blend).toHaveLength(DEFAULT_BLEND.length);
    expect(figures.mrr20).toBe(1);
    const withoutOwn = measureTables({ ...scored, blend: [1, 0.6, 0, 0, 0] }, questions);
    expect(withoutOwn.mrr20).toBeLessThan(0.7);
  });
});

describe('measureBothSizes', () => {
  it('counts what a cart page asks as much as all else, however few such questions there are', () => {
    const scored = { ...tables(), blend: [1, 0.6, 0, 0, 1] };
    const found = Array.from({ length: 9 }, (_, n) => aQuestion(n));
    const missed: Query = { ...aQuestion(9), target: 'unheard-of', exclude: 'cart' };
    expect(measureBothSizes(scored, found, 100)).toBe(1);
    expect(measureBothSizes(scored, [...found, missed], 100)).toBe(0.5);
    expect(measureBothSizes(scored, [missed, ...found], 1)).toBe(0.5);
    expect(measureBothSizes(scored, [], 100)).toBe(0);
  });
});
