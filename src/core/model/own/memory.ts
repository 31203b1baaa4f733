import type { Kernels } from './kernels.js';

/** The kernels' memory, handed out in pieces that are never given back: a runtime takes what its models need, once. */
export interface Memory {
  readonly kernels: Kernels;
  /** The whole memory as numbers, until the next `allocate`; a place is a byte offset / 4. */
  floats(): Float32Array;
  bytes(): Uint8Array;
  /** @returns the byte offset of a new piece of zeros, on a multiple of 16 */
  allocate(sizeBytes: number): number;
  /** A new piece with these numbers. @returns its byte offset */
  place(values: Float32Array | Uint8Array): number;
}

/** Scratch of the compiled kernels comes first: a spilled block and a query of at most 4096 whole numbers. */
const FIRST = 64 + 4096 * 2;
/** Whole vectors of four rows are read past an end: at most 3 × 4096 floats. */
const SPARE = 65_536;

/** Creates the memory of one runtime. */
export function createMemory(kernels: Kernels): Memory {
  let top = FIRST;
  let floats = new Float32Array();
  let bytes = new Uint8Array();
  const refresh = (): void => {
    const { buffer } = kernels.memory;
    if (buffer === bytes.buffer) return;
    floats = new Float32Array(buffer);
    bytes = new Uint8Array(buffer);
  };
  const allocate = (sizeBytes: number): number => {
    const at = top;
    top = (at + sizeBytes + 15) & ~15;
    if (top + SPARE > kernels.memory.buffer.byteLength) kernels.grow(Math.ceil(top * 1.25) + SPARE);
    refresh();
    return at;
  };
  return {
    kernels,
    floats: () => floats,
    bytes: () => bytes,
    allocate,
    place(values) {
      const at = allocate(values.byteLength);
      if (values instanceof Uint8Array) bytes.set(values, at);
      else floats.set(values, at / 4);
      return at;
    },
  };
}
