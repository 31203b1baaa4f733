// In: fitted weights and the topology TF.js gives their layers. Out: `model.json` and its shards, as `tf.loadLayersModel` reads them.
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { WeightSpec } from '../../core/model/runtime.js';
import { toFloat16 } from '../fit/float16.js';

/** One shard of a model: a file and the weights in it. */
export interface WeightGroup {
  readonly path: string;
  readonly weights: readonly WeightSpec[];
}

/** The text of a `model.json`. */
export function writeModelJson(model: LayersModel, groups: readonly WeightGroup[]): string {
  return JSON.stringify({
    format: 'layers-model',
    generatedBy: 'tillside',
    convertedBy: null,
    modelTopology: model.toJSON(null, false),
    weightsManifest: groups.map(({ path, weights }) => ({ paths: [path], weights })),
  });
}

/** Places of a model's weights in float16 shards, in its order. */
export function weightSpecs(model: LayersModel): WeightSpec[] {
  return model.weights.map(({ originalName, shape }) => ({
    name: originalName,
    shape: shape as number[],
    dtype: 'float32',
    quantization: { dtype: 'float16' },
  }));
}

/** Weights as little-endian float16, one after the other. */
export function toFloat16Shard(weights: readonly Float32Array[]): Uint8Array {
  const halves = weights.flatMap((weight) => [...toFloat16(weight)]);
  const view = new DataView(new ArrayBuffer(2 * halves.length));
  halves.forEach((half, i) => {
    view.setUint16(2 * i, half, true);
  });
  return new Uint8Array(view.buffer);
}
