import { describe, expect, it } from 'vitest';
import { overGrid } from '../../../../src/train/evaluate/baselines/baseline.js';
import { createBaselines } from '../../../../src/train/evaluate/baselines/create-baselines.js';
import { toTuningGround, tuneBaseline } from '../../../../src/train/evaluate/baselines/tune-baseline.js';
import { aLog } from '../../../support/a-log.js';

const log = aLog(Array.from({ length: 100 }, (_, i) => ({ visitor: `v${i % 5}`, events: ['a', 'b', i % 2 ? 'c' : 'd'] })));
const ground = toTuningGround({ log, range: { from: 0, to: 80 }, protocol: 'masked-basket', seed: 1 }, 30);
/** Answers right from the place that its setting says. */
const clairvoyant = overGrid('clairvoyant', [{ place: 2 }, { place: 1 }, { place: 3 }], (_, { place }) => ({
  name: 'clairvoyant',
  recommend: ({ target }) => [1, 2, 3].map((each) => ({ itemId: each === place ? target : `other-${each}`, score: -each })),
}));

describe('tuneBaseline', () => {
  it('chooses the settings that answer best', () => {
    expect(tuneBaseline(clairvoyant, ground).tuned).toEqual({
      name: 'clairvoyant',
      settings: { place: 1 },
      tried: 3,
      of: 3,
      ndcg20: 1,
    });
  });

  it('stops when time is up, and says how far it came', () => {
    let time = 0;
    const { tuned } = tuneBaseline(clairvoyant, ground, () => (time += 160_000));
    expect(tuned).toMatchObject({ settings: { place: 2 }, tried: 1, of: 3 });
  });

  it('fits the first 80 % of the training sessions and asks about the rest of them only', () => {
    expect(ground.data.range).toEqual({ from: 0, to: 64 });
    expect(ground.queries.map(({ sessionId }) => Number(sessionId.slice(1)))).toEqual(
      Array.from({ length: 16 }, (_, i) => 64 + i),
    );
    expect(ground.queries.every(({ history }) => history.length > 0)).toBe(true);
  });

  it('keeps the usual settings where there is nothing to ask', () => {
    const nothing = toTuningGround({ log, range: { from: 0, to: 1 }, protocol: 'next-add', seed: 1 }, 0);
    expect(tuneBaseline(clairvoyant, { ...nothing, queries: [] }).tuned).toMatchObject({ settings: { place: 2 }, tried: 0 });
  });
});

describe('createBaselines', () => {
  it('tells what it chose, and nothing where it did not', () => {
    const names = ['popularity', 's-knn'];
    const { tuned, recommenders } = createBaselines(log, { from: 0, to: 80 }, { names, tuning: { historyDays: 0 } });
    expect(recommenders.map(({ name }) => name)).toEqual(names);
    expect(tuned.map(({ name, tried, of }) => [name, tried, of])).toEqual([
      ['popularity', 0, 1],
      ['s-knn', 4, 4],
    ]);
    expect(createBaselines(log, { from: 0, to: 80 }, { names }).tuned).toEqual([]);
  });
});
