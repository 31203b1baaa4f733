// EASE by one inverse of all items: what the product's column-by-column solution is held against.
import { invert } from '../../src/train/fit/invert.js';
import type { ItemSessions } from '../../src/train/fit/item-sessions.js';
import type { WeighNeighbours } from '../../src/train/fit/neighbour-builder.js';

interface EaseShape {
  /** ridge: pulls weights that little evidence holds up to 0 */
  readonly ridge: number;
  /** share by which the diagonal is raised on top, so that the ridge grows with an item's popularity */
  readonly inflation: number;
  /** power of the target's popularity that divides a weight */
  readonly targetPower: number;
  /** power of a cart's length that divides its weight */
  readonly lengthPower: number;
}

/**
 * Fits EASE^R on weighted carts and weighs a row's neighbours by it.
 *
 * @param size the most popular rows to fit, 1…size
 * @see Steck 2019, https://arxiv.org/abs/1905.03375
 */
export function createEase(
  sessions: ItemSessions,
  popularity: ArrayLike<number>,
  options: { size: number; shape: EaseShape; onProgress?: (share: number) => void },
): WeighNeighbours {
  const { size, shape, onProgress } = options;
  const gram = gramOf(sessions, size, shape.lengthPower);
  for (let i = 0; i < size; i++) gram[i * size + i] = (gram[i * size + i] as number) * (1 + shape.inflation) + shape.ridge;
  const inverse = invert(gram, size, onProgress);
  const diagonal = Float64Array.from({ length: size }, (_, i) => inverse[i * size + i] as number);
  const targetScale = Float64Array.from(
    { length: size },
    (_, i) => Math.max(1, popularity[i + 1] as number) ** -shape.targetPower,
  );
  const all = Uint32Array.from({ length: size }, (_, i) => i + 1);
  return (row, into) => {
    const from = (row - 1) * size;
    for (let j = 0; j < size; j++) {
      into[j + 1] = (-(inverse[from + j] as number) / (diagonal[j] as number)) * (targetScale[j] as number);
    }
    return all;
  };
}

/** XᵀWX over the carts' most popular rows. @returns `[size, size]` */
function gramOf(sessions: ItemSessions, size: number, lengthPower: number): Float32Array {
  const gram = new Float32Array(size * size);
  const seenIn = new Int32Array(size + 1).fill(-1);
  for (let session = 0; session < sessions.count; session++) {
    const cart: number[] = [];
    for (let i = sessions.starts[session] as number; i < (sessions.starts[session + 1] as number); i++) {
      const row = sessions.rows[i] as number;
      if (row > size || seenIn[row] === session) continue;
      seenIn[row] = session;
      cart.push(row - 1);
    }
    const weight = (sessions.decay[session] as number) * cart.length ** -lengthPower;
    for (const i of cart) {
      const from = i * size;
      for (const j of cart) gram[from + j] = (gram[from + j] as number) + weight;
    }
  }
  return gram;
}
