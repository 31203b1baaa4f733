// In: rows and their weights. Out: the rows, heaviest first. Node; called for every row of a catalogue, so numbers are sorted without a comparison of ours.

/** Rows fit in 21 bits, so that a float32's 32 bits and a row sort as one number. */
const ROW_SPAN = 2 ** 21;
const LARGEST_BITS = 2 ** 32 - 1;

/**
 * Creates the function that lists the rows of positive weight, heaviest first, ties by row; what it returns holds until it is asked again.
 *
 * @param count rows without row 0, at most 2,097,151
 */
export function createStrongestFirst(count: number): (rows: Iterable<number>, weights: Float32Array) => Uint32Array {
  if (count >= ROW_SPAN) throw new RangeError(`${count} rows, of at most ${ROW_SPAN - 1}. Train with fewer items.`);
  const keys = new Float64Array(count + 1);
  const sorted = new Uint32Array(count + 1);
  const weight = new Float32Array(1);
  const bits = new Uint32Array(weight.buffer);
  return (rows, weights) => {
    let size = 0;
    for (const row of rows) {
      weight[0] = weights[row] as number;
      // bits of positive floats ascend with them
      if ((weight[0] as number) > 0) keys[size++] = (LARGEST_BITS - (bits[0] as number)) * ROW_SPAN + row;
    }
    const used = keys.subarray(0, size).sort();
    for (let i = 0; i < size; i++) sorted[i] = (used[i] as number) % ROW_SPAN;
    return sorted.subarray(0, size);
  };
}
