import type { CatalogRow } from '../event-log.js';
import { createRandom } from './random.js';

/** Vectors that the shop computed itself, of pictures or texts. */
export interface GivenVectors {
  /** rows that have one, ascending */
  readonly rows: readonly number[];
  has(row: number): boolean;
  /** −1 to 1; both rows must have a vector */
  cosine(row: number, other: number): number;
}

/** Longer vectors are projected to this many numbers: comparing every pair of a large catalogue costs their length. */
const MAX_NUMBERS = 64;

/** @returns `undefined` where no row has a vector */
export function createGivenVectors(
  itemIds: readonly string[],
  catalog: ReadonlyMap<string, CatalogRow>,
): GivenVectors | undefined {
  const vectors = itemIds.map((itemId) => catalog.get(itemId)?.vector);
  const length = vectors.reduce((most, vector) => Math.max(most, vector?.length ?? 0), 0);
  if (length === 0) return undefined;
  const project = length > MAX_NUMBERS ? createProjection(length) : (vector: Float32Array) => vector;
  const kept = vectors.map((vector) => (vector === undefined ? undefined : toUnit(project(vector))));
  return {
    rows: kept.flatMap((vector, i) => (vector === undefined ? [] : [i + 1])),
    has: (row) => kept[row - 1] !== undefined,
    cosine(row, other) {
      const [a, b] = [kept[row - 1], kept[other - 1]];
      let sum = 0;
      if (a !== undefined && b !== undefined) for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
      return sum;
    },
  };
}

/** A random projection keeps angles nearly as they are. @see Johnson & Lindenstrauss 1984 */
function createProjection(length: number): (vector: Float32Array) => Float32Array {
  const random = createRandom(1, 'projection');
  const axes = Array.from({ length: MAX_NUMBERS }, () => Float32Array.from({ length }, () => random.normal()));
  return (vector) => Float32Array.from(axes, (axis) => vector.reduce((sum, value, i) => sum + value * (axis[i] as number), 0));
}

/** A vector of zeros says nothing and is dropped. */
function toUnit(vector: Float32Array): Float32Array | undefined {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? vector.map((value) => value / length) : undefined;
}
