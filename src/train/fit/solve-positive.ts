/** A pivot below this share of its diagonal means that rounding or cut counts made the matrix indefinite. */
const LEAST_PIVOT = 1e-6;

/**
 * Creates a solver of symmetric positive definite systems up to a size: A · x = b by Cholesky. A pivot that falls to 0 is raised, as a
 * larger ridge would.
 *
 * @returns `(matrix, size, vector)`: `matrix` `[size, size]` row-major is overwritten by its factor, `vector` `[size]` by the solution
 */
export function createSolver(most: number): (matrix: Float64Array, size: number, vector: Float64Array) => void {
  const inverse = new Float64Array(most);
  return (matrix, size, vector) => {
    for (let i = 0; i < size; i++) {
      const row = i * size;
      for (let j = 0; j < i; j++) {
        const other = j * size;
        let sum = matrix[row + j] as number;
        for (let k = 0; k < j; k++) sum -= (matrix[row + k] as number) * (matrix[other + k] as number);
        matrix[row + j] = sum * (inverse[j] as number);
      }
      const given = matrix[row + i] as number;
      let pivot = given;
      for (let k = 0; k < i; k++) pivot -= (matrix[row + k] as number) ** 2;
      inverse[i] = 1 / Math.sqrt(Math.max(pivot, given * LEAST_PIVOT, Number.MIN_VALUE));
      let sum = vector[i] as number;
      for (let k = 0; k < i; k++) sum -= (matrix[row + k] as number) * (vector[k] as number);
      vector[i] = sum * (inverse[i] as number);
    }
    for (let i = size - 1; i >= 0; i--) {
      const value = (vector[i] as number) * (inverse[i] as number);
      vector[i] = value;
      for (let k = 0; k < i; k++) vector[k] = (vector[k] as number) - value * (matrix[i * size + k] as number);
    }
  };
}
