// In: a bundle's checked models. Out: a runtime that answers with plain vectors. The only file of the browser's that knows TF.js.
import '@tensorflow/tfjs-backend-cpu';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
// layers call chained ops (x.flatten()), which a tree-shaken core leaves out
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { TillsideError } from '../errors.js';
import { ENCODERS } from './encoders.js';
import { BEHAVIOUR_FEATURES, CANDIDATE_FEATURES } from '../features/feature-names.js';
import { contributionsOf } from './contributions.js';
import { checkModels } from './checked-models.js';
import type { RuntimeModule } from './open-runtime.js';
import type { LayersModelFiles, ModelRuntime } from './runtime.js';
import { similarityIn } from './item-similarity.js';
import { createModelScorer } from './model-scorer.js';
import { createSessionScorer } from './session-scores.js';
import { invalidModel } from './weight-spec.js';

export { checkGoldens } from './goldens.js';
export { readModels } from './read-models.js';

/** A .wasm that stalls is given up for the cpu backend. */
const WASM_TIMEOUT_MS = 3_000;

/**
 * Checks and builds a bundle's models in TF.js, on wasm where its files are given and load, else on the cpu.
 *
 * @throws {TillsideError} `model-invalid`, `model-nonfinite`, before anything is built
 */
export const createRuntime: RuntimeModule['createRuntime'] = async (models, { wasmBaseUrl }) => {
  const checked = checkModels(models);
  tf.enableProdMode(); // no advice in the shop's console
  const backend = await chooseBackend(wasmBaseUrl);
  const session = checked.session && (await loadModel(checked.session));
  let ranker: LayersModel;
  try {
    ranker = await loadModel(checked.ranker);
  } catch (error) {
    session?.dispose();
    throw error;
  }
  return {
    name: `tfjs-${backend}`,
    encoders: ENCODERS,
    contributionsOf,
    createModelScorer,
    similarityIn,
    createSessionScorer,
    encodeSession(rows, behaviour) {
      if (!session) throw invalidModel('it has no session model');
      return predict(session, () => {
        const inputs = {
          items: tf.tensor2d(rows, [1, rows.length], 'int32'),
          behaviour: tf.tensor3d(behaviour, [1, rows.length, BEHAVIOUR_FEATURES.length]),
        };
        return session.inputNames.map((name) => inputs[name as keyof typeof inputs]);
      });
    },
    rankCandidates(features, candidates) {
      if (candidates === 0) return new Float32Array();
      return predict(ranker, () => [tf.tensor2d(features, [candidates, CANDIDATE_FEATURES.length])]);
    },
    tensorCount: () => tf.memory().numTensors,
    dispose() {
      session?.dispose();
      ranker.dispose();
    },
  } satisfies ModelRuntime;
};

function predict(model: LayersModel, inputs: () => tf.Tensor[]): Float32Array {
  const output = tf.tidy(() => (model.predict(inputs()) as tf.Tensor).dataSync() as Float32Array);
  if (!output.every(Number.isFinite)) {
    throw new TillsideError('model-nonfinite', 'The model answers with a number that is not finite. Train the bundle again.');
  }
  // a backend may lend its own memory
  return output.slice();
}

async function loadModel({ modelTopology, weightSpecs, weightData }: LayersModelFiles): Promise<LayersModel> {
  const artifacts = {
    modelTopology: modelTopology as object,
    weightSpecs: weightSpecs as unknown as tf.io.WeightsManifestEntry[],
    weightData: weightData.slice().buffer as ArrayBuffer,
  };
  return loadLayersModel(tf.io.fromMemory(artifacts));
}

async function chooseBackend(wasmBaseUrl: string | undefined): Promise<'wasm' | 'cpu'> {
  if (wasmBaseUrl !== undefined && (await startWasm(wasmBaseUrl))) return 'wasm';
  await tf.setBackend('cpu');
  return 'cpu';
}

/** `setBackend` can resolve false while `getBackend` already says wasm, and never settles on a stalled file: both are asked. */
async function startWasm(baseUrl: string): Promise<boolean> {
  let timer: unknown;
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), WASM_TIMEOUT_MS);
  });
  try {
    setWasmPaths(baseUrl);
    setThreadsCount(1); // threads gain nothing at batch 1
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false); // an isolated page would else ask for a third .wasm, which is not shipped
    const isSet = await Promise.race([tf.setBackend('wasm'), timeout]);
    return isSet && tf.getBackend() === 'wasm';
  } catch {
    return false; // a refused or missing .wasm: the cpu does it
  } finally {
    clearTimeout(timer);
  }
}
