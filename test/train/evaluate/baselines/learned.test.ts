import { describe, expect, it } from 'vitest';
import { createBoostedTrees, growForest } from '../../../../src/train/evaluate/baselines/boosted-trees.js';
import { toFitData } from '../../../../src/train/evaluate/baselines/fit-data.js';
import { createLogistic, fitLogistic } from '../../../../src/train/evaluate/baselines/logistic.js';
import { createRandom } from '../../../../src/train/fit/random.js';
import { aLog } from '../../../support/a-log.js';
import { aQuery } from '../../../support/a-query.js';

const chanceOf = (logOdds: number) => 1 / (1 + Math.exp(-logOdds));

describe('logistic regression', () => {
  // where the feature is 0 one in four is right, where it is 1 three in four: log-odds ∓ ln 3
  const features = Float64Array.from([0, 0, 0, 0, 1, 1, 1, 1]);
  const examples = { features, labels: Uint8Array.from([0, 0, 0, 1, 1, 1, 1, 0]), width: 1 };

  it('finds the log-odds', () => {
    const classify = fitLogistic(examples, { ridge: 0 });
    expect(classify(Float64Array.of(0), 0)).toBeCloseTo(-Math.log(3), 6);
    expect(classify(Float64Array.of(1), 0)).toBeCloseTo(Math.log(3), 6);
  });

  it('is drawn to even odds by its ridge', () => {
    expect(fitLogistic(examples, { ridge: 1 })(Float64Array.of(1), 0)).toBeLessThan(0.6);
  });

  it('ignores a feature that never varies', () => {
    const constant = { ...examples, features: Float64Array.from([...features].flatMap((value) => [value, 7])), width: 2 };
    expect(fitLogistic(constant, { ridge: 1e-6 })(Float64Array.of(1, 7), 0)).toBeCloseTo(Math.log(3), 3);
  });
});

describe('boosted trees', () => {
  const random = createRandom(1, 'trees');
  const points = Array.from({ length: 4000 }, () => [random.next(), random.next()] as const);
  /** Right nine times in ten where exactly one of the two is above a half. */
  const labels = Uint8Array.from(points, ([x, y]) => (x > 0.5 !== y > 0.5 ? 1 : 0) ^ (random.next() < 0.1 ? 1 : 0));
  const examples = { features: Float64Array.from(points.flat()), labels, width: 2 };

  it('learn what one feature says only beside the other', () => {
    const classify = growForest(examples, 3).classifierOf(60);
    const [mixed, alike] = [classify(Float64Array.of(0.9, 0.1), 0), classify(Float64Array.of(0.9, 0.9), 0)];
    expect(chanceOf(mixed)).toBeGreaterThan(0.8);
    expect(chanceOf(alike)).toBeLessThan(0.2);
  });

  it('cannot with a single split a tree', () => {
    const classify = growForest(examples, 1).classifierOf(60);
    expect(Math.abs(chanceOf(classify(Float64Array.of(0.9, 0.1), 0)) - 0.5)).toBeLessThan(0.15);
  });
});

describe('a learned baseline', () => {
  const pairs = Array.from({ length: 120 }, (_, i) => ({ events: [`x${i % 6}`, `y${i % 6}`, `z${i % 5}`] }));
  const data = toFitData({ log: aLog(pairs), range: { from: 0, to: 120 }, protocol: 'masked-basket', seed: 1 });

  it.each([
    ['logistic', createLogistic(data, { ridge: 1e-4 })],
    ['boosted-trees', createBoostedTrees(data, { trees: 50, depth: 3 })],
  ])('%s puts first what always goes with the cart', (name, recommender) => {
    expect(recommender.name).toBe(name);
    for (let i = 0; i < 6; i++) expect(recommender.recommend(aQuery(`x${i}`), 1)[0]?.itemId).toBe(`y${i}`);
  });
});
