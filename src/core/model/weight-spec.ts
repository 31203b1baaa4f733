import { TillsideError } from '../errors.js';
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

/** The error of a weight that is NaN or infinite. */
export function nonFinite(name: string): TillsideError {
  return new TillsideError('model-nonfinite', `Weight "${name}" of the bundle's model is not finite. Train the bundle again.`);
}

/** The error of a model that this SDK does not run. */
export function invalidModel(what: string): TillsideError {
  return new TillsideError('model-invalid', `The bundle's model cannot be used: ${what}. Train the bundle again.`);
}
