// In: counts of pairs. Out: those among a few rows, as a matrix. Node.
import type { PairCounts } from './pair-counts.js';

/** Writes the counts of all pairs of some rows into `[rows.length, rows.length]`, row-major, in their order; the diagonal is left to the caller. */
export type FillPairs = (among: readonly number[], matrix: Float64Array) => void;

/** Items up to which all pairs stand in one matrix of 4 bytes each: 100 MB, and no row is cut. */
const MOST_DENSE = 5000;

/** Creates the filling. The counts of a long row may have been cut to its largest, so either half of a pair may be the one that was kept. */
export function createPairFiller(pairs: PairCounts, mostDense = MOST_DENSE): FillPairs {
  return pairs.diagonal.length <= mostDense ? fromMatrix(pairs) : fromRows(pairs);
}

/** Looks each pair up: of a few thousand rows a fifth of the time of reading them. */
function fromMatrix({ starts, rows, counts, diagonal }: PairCounts): FillPairs {
  const width = diagonal.length;
  const all = new Float32Array(width * width);
  for (let row = 1; row < width; row++)
    for (let at = starts[row] as number; at < (starts[row + 1] as number); at++)
      all[row * width + (rows[at] as number)] = counts[at] as number;
  return (among, matrix) => {
    const size = among.length;
    for (let place = 0; place < size; place++) {
      const row = (among[place] as number) * width;
      for (let other = 0; other < place; other++) {
        const value = all[row + (among[other] as number)] as number;
        matrix[place * size + other] = value;
        matrix[other * size + place] = value;
      }
    }
  };
}

/** Reads each row whole, and takes what is asked for. */
function fromRows({ starts, rows, counts, diagonal }: PairCounts): FillPairs {
  const places = new Int16Array(diagonal.length).fill(-1);
  return (among, matrix) => {
    const size = among.length;
    matrix.fill(0, 0, size * size);
    among.forEach((row, place) => {
      places[row] = place;
    });
    among.forEach((row, place) => {
      for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
        const other = places[rows[at] as number] as number;
        if (other >= 0) matrix[place * size + other] = matrix[other * size + place] = counts[at] as number;
      }
    });
    for (const row of among) places[row] = -1;
  };
}
