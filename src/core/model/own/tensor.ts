import type { Memory } from './memory.js';

/** A layer's output: where it lies in the memory and how large it is in this call. */
export interface Tensor {
  /** byte offset */
  at: number;
  /** `[batch, …]` */
  shape: readonly number[];
  /** numbers that there is room for */
  room: number;
}

/** Creates a tensor that has no memory yet. */
export function createTensor(): Tensor {
  return { at: 0, shape: [], room: 0 };
}

/** How many numbers a tensor has. */
export function countOf(shape: readonly number[]): number {
  let count = 1;
  for (const side of shape) count *= side;
  return count;
}

/** Gives a tensor its shape in this call; it moves, and forgets, when it outgrows its room. */
export function shapeTensor(tensor: Tensor, shape: readonly number[], memory: Memory): void {
  tensor.shape = shape;
  // Kernels write four rows at a time.
  const needed = countOf(shape) + 3 * (shape.at(-1) as number) + 8;
  if (needed <= tensor.room) return;
  tensor.room = Math.max(needed, 2 * tensor.room);
  tensor.at = memory.allocate(tensor.room * 4);
}
