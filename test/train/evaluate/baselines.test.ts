import { beforeAll, describe, expect, it } from 'vitest';
import { BASELINE_NAMES } from '../../../src/train/evaluate/baselines/all-baselines.js';
import { createBaselines } from '../../../src/train/evaluate/baselines/create-baselines.js';
import { createConditional } from '../../../src/train/evaluate/baselines/conditional.js';
import { createCosine, createWeightedCosine } from '../../../src/train/evaluate/baselines/cosine.js';
import { createPopularity, popularityScale } from '../../../src/train/evaluate/baselines/popularity.js';
import { createSequentialRules } from '../../../src/train/evaluate/baselines/sequential-rules.js';
import { createSessionKnn, createVectorSessionKnn } from '../../../src/train/evaluate/baselines/session-knn.js';
import { indexSessions } from '../../../src/train/evaluate/baselines/session-sets.js';
import { openTensorflow } from '../../../src/train/fit/tensorflow.js';
import { aLog } from '../../support/a-log.js';
import { aQuery, scoresOf } from '../../support/a-query.js';

const log = aLog([{ events: ['a', 'b', 'c'] }, { events: ['a', 'b'] }, { events: ['a', 'd'] }, { events: ['c', 'd', 'e', 'f'] }]);
const range = { from: 0, to: 4 };
const sets = indexSessions(log, range);

describe('popularity', () => {
  it('recommends what most sessions hold, with all that tie', () => {
    const answer = createPopularity(sets).recommend(aQuery('a'), 1);
    expect(answer.map(({ itemId, score }) => [itemId, score])).toEqual([
      ['b', 2],
      ['c', 2],
      ['d', 2],
    ]);
  });

  it('scales popularity over the known items', () => {
    const scale = popularityScale(sets);
    expect(scale('a')).toBe(1);
    expect(scale('d')).toBeCloseTo(5 / 6);
    expect(scale('e')).toBeCloseTo(2 / 6);
    expect(scale('nowhere')).toBe(0);
  });
});

describe('cosine', () => {
  it('agrees with a calculation by hand', () => {
    expect(scoresOf(createCosine(sets).recommend(aQuery('a'), 10))).toEqual({
      b: expect.closeTo(2 / Math.sqrt(3 * 2)),
      c: expect.closeTo(1 / Math.sqrt(3 * 2)),
      d: expect.closeTo(1 / Math.sqrt(3 * 2)),
    });
  });

  it('weights a basket of m items 1/√(m − 1)', () => {
    expect(scoresOf(createWeightedCosine(sets).recommend(aQuery('a'), 10))).toEqual({
      b: expect.closeTo((1 / Math.SQRT2 + 1) / Math.sqrt(6)),
      c: expect.closeTo(1 / Math.SQRT2 / Math.sqrt(6)),
      d: expect.closeTo(1 / Math.sqrt(6)),
    });
  });

  it('answers a query as if it were the first', () => {
    const cosine = createCosine(sets);
    const first = cosine.recommend(aQuery('a', 'c'), 10);
    cosine.recommend(aQuery('d'), 10);
    expect(cosine.recommend(aQuery('a', 'c'), 10)).toEqual(first);
  });
});

describe('conditional probability', () => {
  it('agrees with a calculation by hand', () => {
    const plain = createConditional(sets, { damping: 0, length: 0 });
    expect(scoresOf(plain.recommend(aQuery('a'), 10))).toEqual({
      b: expect.closeTo(2 / 3),
      c: expect.closeTo(1 / 3),
      d: expect.closeTo(1 / 3),
    });
  });

  it('damps popular neighbours and long sessions', () => {
    const damped = createConditional(sets, { damping: 0.5, length: 1 });
    expect(scoresOf(damped.recommend(aQuery('a'), 10))).toEqual({
      b: expect.closeTo((1 / 2 + 1) / 3 / Math.SQRT2),
      c: expect.closeTo(1 / 2 / 3 / Math.SQRT2),
      d: expect.closeTo(1 / 3 / Math.SQRT2),
    });
  });
});

describe('sequential rules', () => {
  it('recommends what followed the last known item, nearer counting more', () => {
    const rules = createSequentialRules(sets, log, range);
    expect(scoresOf(rules.recommend(aQuery('c', 'a', 'unknown'), 10))).toEqual({ b: 2, d: 1 });
    expect(scoresOf(rules.recommend(aQuery('c'), 10))).toEqual({ d: 1, e: 0.5, f: expect.closeTo(1 / 3) });
  });
});

describe('session neighbours', () => {
  it('adds up the sessions by cosine', () => {
    const answer = scoresOf(createSessionKnn(sets).recommend(aQuery('a', 'b'), 10));
    expect(answer).toEqual({ c: expect.closeTo(2 / Math.sqrt(2 * 3)), d: expect.closeTo(1 / Math.sqrt(2 * 2)) });
  });

  it('lets the last items of the query count more', () => {
    const answer = scoresOf(createVectorSessionKnn(sets).recommend(aQuery('b', 'd'), 10));
    // {a,d} shares d (weight 1, last); {a,b,c} and {a,b} share b (weight ½, one before)
    expect(answer.a).toBeCloseTo(1 / 2 + 2 * ((0.5 / 2) * (1 / 2)));
    expect(answer.e).toBeCloseTo(1 / 2);
  });
});

describe('the settings of VS-KNN', () => {
  it('take away the decay and weigh a session by its size', () => {
    const settings = { neighbours: 100, decay: 0, length: 0.5 };
    const answer = scoresOf(createVectorSessionKnn(sets, settings).recommend(aQuery('b', 'd'), 10));
    // {a,d} and {c,d,e,f} share d (weight 1), {a,b,c} and {a,b} share b (weight ½)
    expect(answer.a).toBeCloseTo(1 / 2 / Math.sqrt(2) + 1 / 4 / Math.sqrt(3) + 1 / 4 / Math.sqrt(2));
    expect(answer.e).toBeCloseTo(1 / 2 / Math.sqrt(4));
  });
});

describe('every baseline', () => {
  beforeAll(openTensorflow);

  it('never recommends what the query rules out, nor an item twice, and knows only its range', () => {
    const { recommenders, isKnown, scales } = createBaselines(log, { from: 0, to: 3 }, { names: BASELINE_NAMES });
    expect(recommenders.map(({ name }) => name)).toEqual(BASELINE_NAMES);
    expect(isKnown('d') && !isKnown('e')).toBe(true);
    expect(scales.items).toBe(4);
    for (const { recommend } of recommenders) {
      const items = recommend(aQuery('a', 'd', 'nowhere'), 10).map(({ itemId }) => itemId);
      expect(new Set(items).size).toBe(items.length);
      expect(items.filter((item) => ['a', 'd', 'e', 'f'].includes(item))).toEqual([]);
    }
  });
});
