import { TillsideError } from '../errors.js';
import { integer, list, matching, object, oneOf, optional, text } from '../shape.js';
import type { WeightSpec } from './runtime.js';

/** Bytes of a number, by how it is stored. */
const BYTES = { float32: 4, float16: 2, uint16: 2, uint8: 1 };

/** Infinite ones are let through: they are the `model-nonfinite` below. */
const factor = optional(matching<number>((value) => typeof value === 'number'));

/** One entry of a TF.js weights manifest, but for its scale: `checkScale`. */
export const weightShape = object<WeightSpec>({
  name: text(/^.{0,200}$/s),
  shape: list(integer(1), 4),
  dtype: oneOf('float32'),
  quantization: optional(
    object<NonNullable<WeightSpec['quantization']>>({ dtype: oneOf('uint8', 'uint16', 'float16'), scale: factor, min: factor }),
  ),
});

/** Checks that a packed weight can be unpacked to finite numbers. @throws {TillsideError} `model-invalid`, `model-nonfinite` */
export function checkScale({ name, quantization }: WeightSpec): void {
  if (!quantization || quantization.dtype === 'float16') return;
  const { dtype, scale, min } = quantization;
  if (scale === undefined || min === undefined) throw invalidModel(`weight "${name}" has no scale or min`);
  const levels = dtype === 'uint8' ? 255 : 65_535;
  if (!Number.isFinite(Math.fround(Math.abs(scale) * levels + Math.abs(min)))) throw nonFinite(name);
}

/** How many numbers a weight has. */
export function sizeOf({ shape }: WeightSpec): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** How many bytes a weight takes in its shard. */
export function bytesOf(spec: WeightSpec): number {
  return sizeOf(spec) * BYTES[spec.quantization?.dtype ?? spec.dtype];
}

/** The error of a weight that is NaN or infinite. */
export function nonFinite(name: string): TillsideError {
  return new TillsideError('model-nonfinite', `Weight "${name}" of the bundle's model is not finite. Train the bundle again.`);
}

/** The error of a model that this SDK does not run. */
export function invalidModel(what: string): TillsideError {
  return new TillsideError('model-invalid', `The bundle's model is invalid: ${what}. Train the bundle again.`);
}
