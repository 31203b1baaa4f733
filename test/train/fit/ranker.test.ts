import { beforeAll, describe, expect, it } from 'vitest';
import { CANDIDATE_FEATURES } from '../../../src/core/features/feature-names.js';
import { type DenseLayer, runLayers } from '../../../src/train/fit/dense-layers.js';
import { fitNormalisation } from '../../../src/train/fit/fit-normalisation.js';
import { createRandom } from '../../../src/train/fit/random.js';
import { type RankerExample, thinExample } from '../../../src/train/fit/ranker-examples.js';
import { measureRanker } from '../../../src/train/fit/ranker-figures.js';
import { createRankerLearner } from '../../../src/train/fit/ranker-learner.js';
import { openTensorflow } from '../../../src/train/fit/tensorflow.js';

const WIDTH = CANDIDATE_FEATURES.length;

/** Questions whose target is the candidate with the largest second feature. */
function questions(count: number): RankerExample[] {
  const random = createRandom(5);
  return Array.from({ length: count }, () => {
    const features = Float32Array.from({ length: 10 * WIDTH }, () => random.normal());
    const own = Array.from({ length: 10 }, (_, i) => features[i * WIDTH + 1] as number);
    return { candidates: 10, features, tableScores: new Float32Array(10), target: own.indexOf(Math.max(...own)) };
  });
}

/** Layers with 16 hidden units, of which the first eight are always the same. */
function sharingHalf(seed: number): DenseLayer[] {
  const [same, own] = [createRandom(4), createRandom(seed)];
  const draw = (count: number, isSame: (at: number) => boolean) =>
    Float32Array.from({ length: count }, (_, at) => (isSame(at) ? same : own).normal() / 4);
  return [
    { inputs: WIDTH, outputs: 16, kernel: draw(WIDTH * 16, (at) => at % 16 < 8), bias: new Float32Array(16) },
    { inputs: 16, outputs: 1, kernel: draw(16, (at) => at < 8), bias: new Float32Array(1) },
  ];
}

describe('the ranker', () => {
  beforeAll(openTensorflow);

  it.each([[[]], [[8]]])('learns from lists which candidate is right, with hidden layers %j', (hidden) => {
    const learner = createRankerLearner([WIDTH, ...hidden, 1], createRandom(1));
    const learn = questions(900);
    for (let epoch = 0; epoch < 20; epoch++) learner.learnEpoch(learn, 5);
    const layers = learner.layers();
    learner.dispose();
    const held = questions(1000).slice(900);
    const { mrr20 } = measureRanker(held, ({ features, candidates }) => runLayers(layers, features, candidates));
    expect(mrr20).toBeGreaterThan(0.75);
  });

  it('is a committee: eight units learn the same whatever the other eight start from', () => {
    const learnt = [1, 2].map((seed) => {
      const learner = createRankerLearner([WIDTH, 16, 1], createRandom(9), { layers: sharingHalf(seed) });
      learner.learnEpoch(questions(300), 1);
      const layers = learner.layers();
      learner.dispose();
      return layers.map(({ kernel, outputs }, i) =>
        i === 0 ? kernel.filter((_, at) => at % outputs < 8) : kernel.subarray(0, 8),
      );
    });
    const [whole, other] = learnt.map((kernels) => kernels.flatMap((kernel) => [...kernel])) as [number[], number[]];
    const start = sharingHalf(1)[0]?.kernel.filter((_, at) => at % 16 < 8) ?? [];
    expect(Math.max(...whole.map((weight, i) => Math.abs(weight - (other[i] as number))))).toBeLessThan(1e-6);
    expect(Math.max(...[...start].map((weight, i) => Math.abs(weight - (whole[i] as number))))).toBeGreaterThan(1e-3);
  });

  it('goes on from the layers that it is given', () => {
    const layers = sharingHalf(3);
    const learner = createRankerLearner([WIDTH, 16, 1], createRandom(9), { layers });
    expect(learner.layers()).toEqual(layers);
    learner.dispose();
  });

  it('counts a target that was not generated as a miss', () => {
    const [question] = questions(1) as [RankerExample];
    const scoreOf = ({ features }: RankerExample) =>
      Float32Array.from({ length: 10 }, (_, i) => features[i * WIDTH + 1] as number);
    expect(
      measureRanker([question], () => new Float32Array(10).fill(Number.NaN)),
      'an order that is none',
    ).toEqual({ hr10: 0, mrr20: 0 });
    expect(measureRanker([question, { ...question, target: -1 }], scoreOf)).toEqual({ hr10: 0.5, mrr20: 0.5 });
  });

  it('ranks ties by their mean, so that an ordering that says nothing gains nothing', () => {
    const tied = questions(20).map((question) => ({ ...question, target: 0 }));
    expect(measureRanker(tied, () => new Float32Array(10)).mrr20).toBeCloseTo(1 / 5.5, 6);
  });

  it('keeps the target, first, and distinct others when a question is thinned', () => {
    const [question] = questions(1) as [RankerExample];
    const marked = {
      ...question,
      features: question.features.map((value, i) => (i % WIDTH === 0 ? Math.floor(i / WIDTH) : value)),
    };
    const { features, candidates, target } = thinExample(marked, 4, createRandom(2));
    const kept = Array.from({ length: candidates }, (_, i) => features[i * WIDTH]);
    expect(target).toBe(0);
    expect(kept[0]).toBe(question.target);
    expect(new Set(kept).size).toBe(4);
  });
});

describe('fitNormalisation', () => {
  it('marks a column without variance as constant', () => {
    const { mean, deviation } = fitNormalisation(['a', 'b'], [Float32Array.of(1, 7, 3, 7), Float32Array.of(5, 7)]);
    expect(mean).toEqual([3, 7]);
    expect(deviation[0]).toBeCloseTo(Math.sqrt(8 / 3), 6);
    expect(deviation[1]).toBe(0);
  });
});
