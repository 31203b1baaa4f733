// What each runtime puts on the wire before the model: the files that its start in this benchmark asks for, as published, gz and br.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { arePeersInstalled } from './contenders.mjs';

const npm = (path) => `node_modules/@tensorflow/${path}`;
const peer = (path) => `bench/node_modules/${path}`;
/** The engine of a shop is worker.js; a runtime alone is beside it. */
const FILES = {
  'worker with simd or js': ['dist/worker.js', 'dist/runtime.js'],
  'simd or js alone': ['dist/runtime.js'],
  'worker with tfjs': ['dist/worker.js', 'dist/tfjs.js'],
  'tfjs-union': [npm('tfjs/dist/tf.min.js')],
  'tfjs-wasm': [
    npm('tfjs-core/dist/tf-core.min.js'),
    npm('tfjs-layers/dist/tf-layers.min.js'),
    npm('tfjs-backend-wasm/dist/tf-backend-wasm.min.js'),
    npm('tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'),
  ],
};
const INSTALLED = {
  onnxruntime: ['ort.wasm.min.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'].map((file) =>
    peer(`onnxruntime-web/dist/${file}`),
  ),
  litert: [
    'core/dist/index.js',
    'wasm-utils/dist/index.js',
    'core/wasm/litert_wasm_internal.js',
    'core/wasm/litert_wasm_internal.wasm',
  ].map((file) => peer(`@litertjs/${file}`)),
};

/** @param {{ isQuick: boolean }} plan quickly: brotli at a lesser quality */
export function measureBytes({ isQuick }) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: isQuick ? 4 : 11 };
  const groups = { ...FILES, ...(arePeersInstalled() && INSTALLED) };
  return Object.fromEntries(
    Object.entries(groups).map(([name, paths]) => {
      const files = paths.map((path) => readFileSync(new URL(`../${path}`, import.meta.url)));
      const total = (pack) => files.reduce((sum, file) => sum + pack(file).length, 0);
      const br = total((file) => brotliCompressSync(file, { params }));
      return [name, { files: paths.length, bytes: total((file) => file), gz: total((file) => gzipSync(file, { level: 9 })), br }];
    }),
  );
}
