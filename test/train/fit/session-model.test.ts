import { tensor2d, tensor3d, tidy } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { BEHAVIOUR_FEATURES } from '../../../src/core/features/feature-names.js';
import { asShipped, fromFloat16, toFloat16 } from '../../../src/train/fit/float16.js';
import { dequantise, quantise } from '../../../src/train/fit/quantise.js';
import { createRandom } from '../../../src/train/fit/random.js';
import { toBatches } from '../../../src/train/fit/session-batches.js';
import { createSessionEncoder } from '../../../src/train/fit/session-encoder.js';
import { buildSessionModel, initialWeights, writeWeights } from '../../../src/train/fit/session-layers.js';
import { fitSessionModel } from '../../../src/train/fit/session-model.js';
import { fitTables } from '../../../src/train/fit/tables.js';
import { openTensorflow } from '../../../src/train/fit/tensorflow.js';
import { SILENT } from '../../../src/train/progress.js';
import { DEFAULT_SETTINGS } from '../../../src/train/settings.js';
import { aLog } from '../../support/a-log.js';

const SHAPE = { count: 12, dim: 6, units: 5 };
const WIDTH = BEHAVIOUR_FEATURES.length;

function drawn(length: number, label: string): Float32Array {
  const random = createRandom(3, label);
  return Float32Array.from({ length }, () => random.normal());
}

describe('the session model', () => {
  beforeAll(openTensorflow);

  it('answers on typed arrays as TF.js does, within 1e-5, for any number of steps', () => {
    const weights = initialWeights(SHAPE, drawn(13 * 6, 'table'), createRandom(1));
    const model = buildSessionModel(SHAPE, { everyStep: false });
    writeWeights(model, weights);
    const encode = createSessionEncoder(SHAPE, weights);
    for (const steps of [1, 2, 7, 50]) {
      const rows = Int32Array.from({ length: steps }, (_, i) => 1 + (i % 12));
      const behaviour = drawn(steps * WIDTH, `b${steps}`);
      const expected = tidy(() =>
        (model.predict([tensor2d(rows, [1, steps], 'int32'), tensor3d(behaviour, [1, steps, WIDTH])]) as Tensor).dataSync(),
      );
      encode(rows, behaviour).forEach((value, d) => {
        expect(Math.abs(value - (expected[d] as number))).toBeLessThan(1e-5);
      });
    }
    model.dispose();
  });

  it('learns what follows what, and is the same for the same seed', () => {
    const log = aLog(
      Array.from({ length: 240 }, (_, i) => ({
        visitor: `v${i}`,
        events: [0, 1, 2, 3].map((step) => `view_item:p${(i + 3 * step) % 12}`),
      })),
    );
    const range = { from: 0, to: 240 };
    const settings = { ...DEFAULT_SETTINGS, dim: 8, units: 8, epochs: 4 };
    const { index, vocabulary, embeddings } = fitTables(log, { range, catalog: [], settings, progress: SILENT });
    const fitted = () =>
      fitSessionModel(log, {
        ...settings,
        range,
        index,
        embeddings,
        popularity: vocabulary.popularity,
        progress: SILENT,
        isTimeUp: () => false,
        isConstant: () => false,
        isPublic: () => true,
      });
    const [first, second] = [fitted(), fitted()];
    expect(second.itemTable).toEqual(first.itemTable);
    expect(second.weights).toEqual(first.weights);
    expect(first.losses.at(-1)?.validation).toBeLessThan(first.losses[0]?.validation as number);
    expect(first.behaviour.deviation[BEHAVIOUR_FEATURES.indexOf('dwell')]).toBe(0);
  });
});

describe('a session model that is fitted for too long, or not long enough', () => {
  beforeAll(openTensorflow);

  const random = createRandom(8, 'noise');
  const log = aLog(
    Array.from({ length: 60 }, (_, i) => ({
      visitor: `v${i}`,
      events: Array.from({ length: 5 }, () => `view_item:p${random.below(12)}`),
    })),
  );
  const settings = { ...DEFAULT_SETTINGS, dim: 8, units: 64, epochs: 20 };
  const range = { from: 0, to: 60 };
  /** @param until percent of the epochs after which time is up */
  const fitted = (until: number) => {
    const { index, vocabulary, embeddings } = fitTables(log, { range, catalog: [], settings, progress: SILENT });
    let done = 0;
    const tick = (percent: number) => {
      done = percent;
    };
    return fitSessionModel(log, {
      ...settings,
      range,
      index,
      embeddings,
      popularity: vocabulary.popularity,
      progress: { ...SILENT, tick },
      isTimeUp: () => done >= until,
      isConstant: () => false,
      isPublic: () => true,
    });
  };

  it('keeps the epoch that does best on windows kept out, whether or not there was time for more', () => {
    const whole = fitted(101);
    const least = Math.min(...whole.losses.map(({ validation }) => validation));
    expect(whole.losses).toHaveLength(20);
    expect(whole.epoch).toBeLessThan(20);
    expect(whole.losses[whole.epoch - 1]?.validation).toBe(least);
    const cut = fitted((100 * whole.epoch) / 20);
    expect(cut.losses).toEqual(whole.losses.slice(0, whole.epoch));
    expect(cut.weights).toEqual(whole.weights);
  });

  it('keeps what it started from where there was no time at all', () => {
    const { epoch, losses, weights } = fitted(0);
    expect([epoch, losses]).toEqual([0, []]);
    expect(weights.every((values) => values.every(Number.isFinite))).toBe(true);
  });
});

describe('toBatches', () => {
  it('keeps every target at the place of its step and pads only at the end', () => {
    const windows = [3, 9, 4].map((steps, w) => ({
      rows: Int32Array.from({ length: steps }, (_, i) => 100 * (w + 1) + i),
      behaviour: new Float32Array(steps * WIDTH),
      targets: Int32Array.from({ length: steps }, (_, i) => (i === 0 ? 0 : 1000 * (w + 1) + i)),
    }));
    const normalisation = {
      names: BEHAVIOUR_FEATURES,
      mean: BEHAVIOUR_FEATURES.map(() => 0),
      deviation: BEHAVIOUR_FEATURES.map(() => 1),
    };
    const batches = toBatches(windows, normalisation, createRandom(1));
    const pairs = batches.flatMap(({ rows, places, targets }) => [...places].map((place, i) => [rows[place], targets[i]]));
    expect(pairs).toHaveLength(13);
    for (const [row, target] of pairs) expect(target).toBe(1000 * Math.floor((row as number) / 100) + ((row as number) % 100));
  });
});

describe('quantised weights', () => {
  it('come back from bytes within half a step', () => {
    const values = drawn(13 * 6, 'q');
    const table = quantise(values, SHAPE);
    dequantise(table).forEach((value, i) => {
      expect(Math.abs(value - (values[i] as number))).toBeLessThanOrEqual(table.scale / 2 + 1e-6);
    });
  });

  it('come back from float16 within one part in two thousand, and stay what they are from then on', () => {
    const values = drawn(500, 'half');
    asShipped(values).forEach((value, i) => {
      expect(Math.abs(value - (values[i] as number))).toBeLessThanOrEqual(Math.abs(values[i] as number) / 2048 + 6.2e-5);
    });
    expect(asShipped(asShipped(values))).toEqual(asShipped(values));
    expect([...fromFloat16(toFloat16(Float32Array.of(0, 1, -2, 0.5, 65504, 1e6)))]).toEqual([0, 1, -2, 0.5, 65504, 65504]);
  });
});
