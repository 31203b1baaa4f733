/** By what a diagonal is multiplied when the matrix turns out not to be positive definite. */
const RAISE = 1.5;

/**
 * Creates a solver of symmetric positive definite systems up to a size: A · x = b by Cholesky. Where a pivot falls below a share of its
 * diagonal (counts that were cut, a ridge too small), the whole diagonal is raised, as a larger ridge would, and the fit begins again.
 *
 * @param leastPivot that share, 0–1
 * @returns `(matrix, size, vector)`: `matrix` `[size, size]` row-major is overwritten, `vector` `[size]` by the solution
 */
export function createSolver(
  most: number,
  leastPivot = 1e-9,
): (matrix: Float64Array, size: number, vector: Float64Array) => void {
  const inverse = new Float64Array(most);
  return (matrix, size, vector) => {
    while (!factorise(matrix, size, { inverse, leastPivot })) raiseDiagonal(matrix, size);
    for (let i = 0; i < size; i++) {
      let sum = vector[i] as number;
      for (let k = 0; k < i; k++) sum -= (matrix[i * size + k] as number) * (vector[k] as number);
      vector[i] = sum * (inverse[i] as number);
    }
    for (let i = size - 1; i >= 0; i--) {
      const value = (vector[i] as number) * (inverse[i] as number);
      vector[i] = value;
      for (let k = 0; k < i; k++) vector[k] = (vector[k] as number) - value * (matrix[i * size + k] as number);
    }
  };
}

/** Writes the factor below the diagonal, and the inverses of its own diagonal apart. @returns whether every pivot was large enough */
function factorise(
  matrix: Float64Array,
  size: number,
  { inverse, leastPivot }: { inverse: Float64Array; leastPivot: number },
): boolean {
  for (let i = 0; i < size; i++) {
    const row = i * size;
    for (let four = 0; four < i; four += 4) {
      const isWhole = four + 4 <= i;
      if (isWhole) subtractFour(matrix, { row, four, size });
      for (let j = four; j < Math.min(four + 4, i); j++) {
        const other = j * size;
        let sum = matrix[row + j] as number;
        for (let k = isWhole ? four : 0; k < j; k++) sum -= (matrix[row + k] as number) * (matrix[other + k] as number);
        matrix[row + j] = sum * (inverse[j] as number);
      }
    }
    const given = matrix[row + i] as number;
    let pivot = given;
    for (let k = 0; k < i; k++) pivot -= (matrix[row + k] as number) ** 2;
    if (!(pivot > given * leastPivot)) return false;
    inverse[i] = 1 / Math.sqrt(pivot);
  }
  return true;
}

/**
 * Subtracts from four elements of a row, from column `four` on, the products of all columns before that: side by side, as each of a sum's
 * subtractions waits for the one before. The order in every sum stays, and with it the last bit.
 */
function subtractFour(matrix: Float64Array, { row, four, size }: { row: number; four: number; size: number }): void {
  const a = four * size;
  const b = a + size;
  const c = b + size;
  const d = c + size;
  const at = row + four;
  let first = matrix[at] as number;
  let second = matrix[at + 1] as number;
  let third = matrix[at + 2] as number;
  let fourth = matrix[at + 3] as number;
  for (let k = 0; k < four; k++) {
    const value = matrix[row + k] as number;
    first -= value * (matrix[a + k] as number);
    second -= value * (matrix[b + k] as number);
    third -= value * (matrix[c + k] as number);
    fourth -= value * (matrix[d + k] as number);
  }
  matrix[at] = first;
  matrix[at + 1] = second;
  matrix[at + 2] = third;
  matrix[at + 3] = fourth;
}

/** The upper half still holds the matrix. */
function raiseDiagonal(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    const at = i * size + i;
    matrix[at] = RAISE * Math.max(matrix[at] as number, Number.MIN_VALUE / RAISE);
    for (let j = 0; j < i; j++) matrix[i * size + j] = matrix[j * size + i] as number;
  }
}
