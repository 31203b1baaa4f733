import { dispose, matMul, tensor2d } from '@tensorflow/tfjs-core';

/** Multiplies `[rows, inner]` by `[inner, columns]` on TF.js, which must be open; factors that it had to transpose would cost several times as much. */
export function product(
  left: Float32Array,
  [rows, inner, columns]: readonly [number, number, number],
  right: Float32Array,
): Float32Array {
  const tensors = [tensor2d(left, [rows, inner]), tensor2d(right, [inner, columns])] as const;
  const result = matMul(...tensors);
  const values = result.dataSync<'float32'>();
  // by hand: tidy would walk every number of what it returns
  dispose([...tensors, result]);
  return values;
}

/** Rows of a matrix that are turned into columns together, so that what is read and written stays near. */
const TRANSPOSED_ROWS = 16;

/** Writes `[rows, columns]` as `[columns, rows]`. @returns `into` */
export function transpose<Numbers extends Float32Array | Float64Array<ArrayBuffer>>(
  from: Numbers,
  into: Numbers,
  [rows, columns]: readonly [number, number],
): Numbers {
  for (let begin = 0; begin < rows; begin += TRANSPOSED_ROWS) {
    const end = Math.min(rows, begin + TRANSPOSED_ROWS);
    for (let column = 0; column < columns; column++)
      for (let row = begin; row < end; row++) into[column * rows + row] = from[row * columns + column] as number;
  }
  return into;
}

/** Sums each of so many rows, times a factor. */
export function sumRows(from: Float32Array, rows: number, factor: number): Float32Array {
  const columns = from.length / rows;
  return Float32Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let at = row * columns; at < (row + 1) * columns; at++) sum += from[at] as number;
    return factor * sum;
  });
}
