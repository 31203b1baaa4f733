import type { CheckedModel } from '../checked-models.js';
import type { WeightSpec } from '../runtime.js';
import { bytesOf, sizeOf } from '../weight-spec.js';

/** A weight as its shard holds it. */
export interface PackedWeight {
  readonly spec: WeightSpec;
  readonly bytes: Uint8Array;
}

/** Finds each weight of a model in its shards, by its name in the topology: "layer/kernel". */
export function findWeights({ weightSpecs, weightData }: CheckedModel): Map<string, PackedWeight> {
  const weights = new Map<string, PackedWeight>();
  let from = 0;
  for (const spec of weightSpecs) {
    const to = from + bytesOf(spec);
    weights.set(spec.name, { spec, bytes: weightData.subarray(from, to) });
    from = to;
  }
  return weights;
}

/** Unpacks a weight as TF.js does: a number times the scale, plus the smallest; float16 exactly. */
export function unpackWeight({ spec, bytes }: PackedWeight): Float32Array {
  const values = new Float32Array(sizeOf(spec));
  const { dtype = 'float32', scale = 1, min = 0 } = spec.quantization ?? {};
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < values.length; i++) {
    if (dtype === 'float32') values[i] = view.getFloat32(4 * i, true);
    else if (dtype === 'float16') values[i] = toFloat(view.getUint16(2 * i, true));
    else values[i] = (dtype === 'uint8' ? (bytes[i] as number) : view.getUint16(2 * i, true)) * scale + min;
  }
  return values;
}

/** IEEE 754 binary16; never infinite or NaN here, `checkLayersModel` refuses those. */
function toFloat(half: number): number {
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  const size = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return half & 0x8000 ? -size : size;
}
