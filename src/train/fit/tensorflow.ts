import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getBackend, getKernel, type KernelConfig, registerKernel, setBackend, type TensorInfo } from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
// Registers the gradient of every op; the core alone has none.
import '@tensorflow/tfjs-layers';
import { TillsideError } from '../../core/errors.js';

/** Makes the wasm backend ready to train. @throws {TillsideError} `runtime-unavailable` */
export async function openTensorflow(): Promise<void> {
  if (getBackend() === 'wasm') return;
  const folder = wasmFolder();
  // The backend's loader is written for CommonJS and, bundled into an ES module, still asks for these two.
  Object.assign(globalThis, { require: createRequire(import.meta.url), __dirname: folder });
  setWasmPaths(`${folder}/`);
  if (!getKernel('UnsortedSegmentSum', 'wasm')) registerKernel(unsortedSegmentSum);
  if (!(await setBackend('wasm'))) {
    throw new TillsideError(
      'runtime-unavailable',
      'The TF.js wasm backend did not start. Reinstall @tensorflow/tfjs-backend-wasm.',
    );
  }
}

/** The .wasm files lie in a folder beside the bundled command, or in their own package when run from sources. */
function wasmFolder(): string {
  const shipped = join(dirname(fileURLToPath(import.meta.url)), 'wasm');
  if (existsSync(join(shipped, 'tfjs-backend-wasm-simd.wasm'))) return shipped;
  return dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
}

interface WasmBackend {
  makeOutput(shape: number[], dtype: 'float32'): TensorInfo;
  typedArrayFromHeap(tensor: TensorInfo): Float32Array | Int32Array;
}

/** The gradient of an embedding lookup, which the wasm backend of TF.js 4.22 lacks: adds up rows by segment. */
const unsortedSegmentSum: KernelConfig = {
  kernelName: 'UnsortedSegmentSum',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { x, segmentIds } = inputs as { x: TensorInfo; segmentIds: TensorInfo };
    const { numSegments } = attrs as unknown as { numSegments: number };
    const wasm = backend as WasmBackend;
    const width = x.shape.slice(segmentIds.shape.length).reduce((product, side) => product * side, 1);
    const sums = wasm.makeOutput([numSegments, ...x.shape.slice(segmentIds.shape.length)], 'float32');
    const from = wasm.typedArrayFromHeap(x);
    const ids = wasm.typedArrayFromHeap(segmentIds);
    const into = wasm.typedArrayFromHeap(sums).fill(0);
    for (let i = 0; i < ids.length; i++) {
      const at = (ids[i] as number) * width;
      for (let d = 0; d < width; d++) into[at + d] = (into[at + d] as number) + (from[i * width + d] as number);
    }
    return sums;
  },
};
