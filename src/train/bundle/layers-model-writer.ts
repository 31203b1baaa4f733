// In: fitted weights and the topology TF.js gives their layers. Out: `model.json` and its shards, as `tf.loadLayersModel` reads them.
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { WeightSpec } from '../../core/model/runtime.js';

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

/** Places of a model's weights, in its order. */
export function weightSpecs(model: LayersModel): WeightSpec[] {
  return model.weights.map(({ originalName, shape }) => ({ name: originalName, shape: shape as number[], dtype: 'float32' }));
}

/** Weights as little-endian float32, one after the other. */
export function toFloat32Shard(weights: readonly Float32Array[]): Uint8Array {
  const shard = new Uint8Array(weights.reduce((sum, { byteLength }) => sum + byteLength, 0));
  const view = new DataView(shard.buffer);
  let at = 0;
  for (const weight of weights) {
    for (const value of weight) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return shard;
}
