import { beforeAll, describe, expect, it } from 'vitest';
import { createEaseBaseline } from '../../../../src/train/evaluate/baselines/ease.js';
import { toFitData } from '../../../../src/train/evaluate/baselines/fit-data.js';
import { createOwnEase, createOwnFrequency } from '../../../../src/train/evaluate/baselines/own-frequency.js';
import { createOwnLast } from '../../../../src/train/evaluate/baselines/own-last.js';
import { createPopularity } from '../../../../src/train/evaluate/baselines/popularity.js';
import { openTensorflow } from '../../../../src/train/fit/tensorflow.js';
import { aLog } from '../../../support/a-log.js';
import { aQuery, scoresOf } from '../../../support/a-query.js';

const log = aLog([{ events: ['a', 'b'] }, { events: ['b', 'a'] }, { events: ['a'] }]);
const data = toFitData({ log, range: { from: 0, to: 3 }, protocol: 'masked-basket', seed: 1 });

describe('EASE', () => {
  beforeAll(openTensorflow);

  // counts [[3, 2], [2, 2]] and ridge 1: the inverse of [[4, 2], [2, 3]] is [[3, −2], [−2, 4]] / 8
  it('agrees with a calculation by hand', () => {
    const ease = createEaseBaseline(data, { ridge: 1 });
    expect(scoresOf(ease.recommend(aQuery('a'), 10))).toEqual({ b: expect.closeTo(2 / 4) });
    expect(scoresOf(ease.recommend(aQuery('b'), 10))).toEqual({ a: expect.closeTo(2 / 3) });
  });

  it('adds what the shopper has had, the most frequent at the weight given', () => {
    const blend = createOwnEase(data, { ridge: 1, weight: 0.5, halfLifeDays: 10 });
    const query = { ...aQuery('unknown'), history: [{ itemId: 'b', day: 0 }] };
    expect(scoresOf(blend.recommend(query, 10))).toEqual({ b: expect.closeTo(0.5) });
    // anonymous, with `a` in the cart: the best item of EASE is scaled to 1
    expect(scoresOf(blend.recommend(aQuery('a'), 10))).toEqual({ b: expect.closeTo(1) });
  });
});

describe('own items', () => {
  const carts = aLog([{ events: ['p', 'q'] }, { events: ['p', 'r'] }, { events: ['p', 's', 't'] }]);
  const { sets } = toFitData({ log: carts, range: { from: 0, to: 3 }, protocol: 'masked-basket', seed: 1 });
  const history = ['q', 'r', 'q', 'nowhere'].map((itemId, day) => ({ itemId, day }));
  const idsOf = (list: readonly { itemId: string }[]) => list.map(({ itemId }) => itemId);

  it('come first by how often they were bought, then what is popular', () => {
    const answer = createOwnFrequency(sets, { halfLifeDays: 100 }).recommend({ ...aQuery('s'), history }, 3);
    expect(idsOf(answer)).toEqual(['q', 'r', 'p']);
    // on day 3: q was bought three days and one day ago, r two days ago; popularity stands below at 3
    const aged = createOwnFrequency(sets, { halfLifeDays: 1 }).recommend({ ...aQuery('s'), now: 3 * 86_400_000, history }, 3);
    expect(scoresOf(aged)).toEqual({ q: expect.closeTo(3 + 1 / 8 + 1 / 2), r: expect.closeTo(3 + 1 / 4), p: 3 });
  });

  it('come first by how late they were bought, then what another method says', () => {
    const answer = createOwnLast(sets, createPopularity(sets)).recommend({ ...aQuery('s'), history }, 3);
    expect(idsOf(answer).slice(0, 3)).toEqual(['q', 'r', 'p']);
    const many = { ...aQuery('s'), history: ['p', 'q', 'r', 't', 's', 'q', 't'].map((itemId, day) => ({ itemId, day })) };
    expect(idsOf(createOwnLast(sets, createPopularity(sets)).recommend(many, 4))).toEqual(['t', 'q', 'r', 'p']);
  });

  it('are nobody’s where nobody is known', () => {
    expect(idsOf(createOwnFrequency(sets, { halfLifeDays: 1 }).recommend(aQuery('q'), 1))).toEqual(['p']);
  });
});
