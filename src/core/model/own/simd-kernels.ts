import type { Kernels } from './kernels.js';
import { KERNELS_WASM } from './kernels-wasm.js';

const PAGE_BYTES = 65_536;

/**
 * Compiles the SIMD kernels and gives them a memory of their own.
 *
 * @throws {WebAssembly.CompileError} where a policy refuses WebAssembly, or the browser has no SIMD
 */
export function createSimdKernels(): Kernels {
  const bytes = Uint8Array.from(KERNELS_WASM.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const kernels = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as Omit<
    Kernels,
    'name' | 'memory' | 'grow' | 'vectorBlock'
  > & { readonly memory: WasmMemory };
  const { memory } = kernels;
  return {
    ...kernels,
    name: 'simd',
    memory,
    grow(sizeBytes) {
      memory.grow(Math.ceil((sizeBytes - memory.buffer.byteLength) / PAGE_BYTES));
    },
    vectorBlock: 32,
  };
}
