import { TillsideError } from '../errors.js';
import { invalidModel } from './layer-shapes.js';
import { isRecord, ownMember } from './parse-json.js';
import type { WeightSpec } from './runtime.js';

const BYTES = new Map<unknown, number>([
  ['float32', 4],
  ['float16', 2],
  ['uint16', 2],
  ['uint8', 1],
]);

/** Reads one entry of a TF.js weights manifest. @throws {TillsideError} `model-invalid`, `model-nonfinite` for an infinite scale */
export function readWeightSpec(entry: unknown): WeightSpec {
  if (!isRecord(entry)) throw invalidModel('a weight is not an object');
  const name = ownMember(entry, 'name');
  const shape = ownMember(entry, 'shape');
  if (typeof name !== 'string' || name.length > 200) throw invalidModel('a weight has no name');
  if (!Array.isArray(shape) || shape.length > 4 || !shape.every((size) => Number.isSafeInteger(size) && size > 0))
    throw invalidModel(`weight "${name}" has no shape`);
  if (ownMember(entry, 'dtype') !== 'float32') throw invalidModel(`weight "${name}" is not float32`);
  const quantization = ownMember(entry, 'quantization');
  if (quantization === undefined) return { name, shape, dtype: 'float32' };
  const dtype = isRecord(quantization) ? ownMember(quantization, 'dtype') : undefined;
  if (!isRecord(quantization) || (dtype !== 'uint8' && dtype !== 'uint16' && dtype !== 'float16'))
    throw invalidModel(`weight "${name}" is packed in an unknown way`);
  if (dtype === 'float16') return { name, shape, dtype: 'float32', quantization: { dtype } };
  const scale = ownMember(quantization, 'scale');
  const min = ownMember(quantization, 'min');
  if (typeof scale !== 'number' || typeof min !== 'number') throw invalidModel(`weight "${name}" has no scale or min`);
  const levels = dtype === 'uint8' ? 255 : 65_535;
  if (!Number.isFinite(Math.fround(Math.abs(scale) * levels + Math.abs(min)))) throw nonFinite(name);
  return { name, shape, dtype: 'float32', quantization: { dtype, scale, min } };
}

/** How many numbers a weight has. */
export function sizeOf({ shape }: WeightSpec): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** How many bytes a weight takes in its shard. */
export function bytesOf(spec: WeightSpec): number {
  return sizeOf(spec) * (BYTES.get(spec.quantization?.dtype ?? spec.dtype) as number);
}

/** Refuses NaN and infinities in the concatenated shards. @throws {TillsideError} `model-nonfinite` */
export function refuseNonFinite(specs: readonly WeightSpec[], weightData: Uint8Array): void {
  let from = 0;
  for (const spec of specs) {
    const size = bytesOf(spec);
    const packing = spec.quantization?.dtype;
    // the exponent of a float32 is in its upper two bytes, a float16's in its upper one; all ones mean infinite or NaN
    const [width, mask] = packing === undefined ? [4, 0x7f80] : [2, 0x7c00];
    for (let end = from + width; packing !== 'uint8' && packing !== 'uint16' && end <= from + size; end += width) {
      const upper = ((weightData[end - 1] as number) << 8) | (weightData[end - 2] as number);
      if ((upper & mask) === mask) throw nonFinite(spec.name);
    }
    from += size;
  }
}

function nonFinite(name: string): TillsideError {
  return new TillsideError('model-nonfinite', `Weight "${name}" of the bundle's model is not finite. Train the bundle again.`);
}
