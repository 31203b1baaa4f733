import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DenseLayer, runLayers } from '../../../src/train/fit/dense-layers.js';

const weight = fc.float({ min: -2, max: 2, noNaN: true });
const some = (length: number) =>
  fc.array(weight, { minLength: length, maxLength: length }).map((numbers) => Float32Array.from(numbers));
const aLayer = (inputs: number, outputs: number): fc.Arbitrary<DenseLayer> =>
  fc.record({ kernel: some(inputs * outputs), bias: some(outputs) }).map((layer) => ({ inputs, outputs, ...layer }));
const aCase = fc
  .tuple(fc.integer({ min: 1, max: 13 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 }))
  .chain(([inputs, hidden, rows]) =>
    fc.record({
      layers: fc.tuple(aLayer(inputs, hidden), aLayer(hidden, 1)),
      // muted features are zeros
      features: fc.array(fc.oneof(fc.constant(0), weight), { minLength: rows * inputs, maxLength: rows * inputs }),
      rows: fc.constant(rows),
    }),
  );

describe('runLayers', () => {
  it('gives what the sums of inputs times weights give in their order, to the last bit', () => {
    fc.assert(
      fc.property(aCase, ({ layers, features, rows }) => {
        const given = Float32Array.from(features);
        const expected = layers.reduce<Float32Array>(
          (values, layer, i) => plainly(layer, values, { rows, isLast: i === 1 }),
          given,
        );
        expect(runLayers(layers, given, rows)).toEqual(expected);
      }),
    );
  });
});

function plainly(
  { inputs, outputs, kernel, bias }: DenseLayer,
  values: Float32Array,
  { rows, isLast }: { rows: number; isLast: boolean },
): Float32Array {
  return Float32Array.from({ length: rows * outputs }, (_, at) => {
    const [row, o] = [Math.floor(at / outputs), at % outputs];
    let sum = bias[o] as number;
    for (let i = 0; i < inputs; i++) {
      const value = values[row * inputs + i] as number;
      if (value !== 0) sum += value * (kernel[i * outputs + o] as number);
    }
    const rounded = Math.fround(sum);
    return isLast ? rounded : Math.max(0, rounded);
  });
}
