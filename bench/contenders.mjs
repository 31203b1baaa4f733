// Who is measured beside whom, and the files that the peers read.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { onnxModels } from './peers/onnx-models.mjs';
import { readWeights } from './peers/read-weights.mjs';
import { tfliteModels } from './peers/tflite-models.mjs';
import { scaledBundle } from './scaled-bundle.mjs';

/** @typedef {{ name: string, module: string, isPeer?: boolean, runtime?: string, build?: string, precision?: string }} Contender */

/** @type {readonly Contender[]} the first is the measure of the others' answers */
const OWN = [
  { name: 'js', module: 'tillside', runtime: 'js' },
  { name: 'simd', module: 'tillside', runtime: 'simd' },
  { name: 'tfjs', module: 'tillside', runtime: 'tfjs' },
];
/** TF.js comes with the project. */
const TFJS = [
  { name: 'tfjs-union', module: 'tfjs', build: 'union' },
  { name: 'tfjs-wasm', module: 'tfjs', build: 'wasm' },
];
const INSTALLED = [
  { name: 'onnxruntime', module: 'onnx', precision: 'float' },
  { name: 'onnxruntime-int8', module: 'onnx', precision: 'int8' },
  { name: 'litert', module: 'litert' },
];

export const LABELS = {
  simd: 'tillside simd',
  js: 'tillside js',
  tfjs: 'tillside tfjs (replays)',
  'tfjs-union': 'TF.js union, cpu',
  'tfjs-wasm': 'TF.js layers + wasm',
  onnxruntime: 'onnxruntime-web',
  'onnxruntime-int8': 'onnxruntime-web, table of bytes',
  litert: 'LiteRT.js',
};

const PEERS = new URL('./node_modules/onnxruntime-web/package.json', import.meta.url);
export const arePeersInstalled = () => existsSync(PEERS);

/** @returns {readonly Contender[]} */
export const contenders = () => [...OWN, ...TFJS, ...(arePeersInstalled() ? INSTALLED : [])];

/**
 * Bundles of some sizes and, beside them, the same models for the peers, for the server.
 *
 * @param {readonly { folder: string, size: number, shape?: import('./wide-models.mjs').Shape }[]} plans
 * @param {{ withPeers?: boolean }} [options]
 * @returns {Promise<Map<string, Map<string, Uint8Array>>>}
 */
export async function foldersOf(plans, { withPeers = arePeersInstalled() } = {}) {
  const folders = new Map();
  for (const { folder, size, shape } of plans) {
    const files = await scaledBundle(size, shape);
    folders.set(folder, files);
    if (withPeers) folders.set(`${folder}-peers`, peerModels(files));
  }
  return folders;
}

/** @param {ReadonlyMap<string, Uint8Array>} files of a bundle */
export function peerModels(files) {
  const weights = readWeights(files);
  const flatbuffers = createRequire(PEERS)('flatbuffers');
  return new Map([...onnxModels(weights), ...tfliteModels(weights, flatbuffers)]);
}
