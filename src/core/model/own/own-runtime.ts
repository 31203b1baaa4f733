// In: a bundle's checked models. Out: a runtime that answers with plain vectors, in SIMD WebAssembly or in plain JavaScript.
import { TillsideError } from '../../errors.js';
import { ENCODERS } from '../encoders.js';
import { BEHAVIOUR_FEATURES, CANDIDATE_FEATURES } from '../../features/feature-names.js';
import { checkModels } from '../checked-models.js';
import { contributionsOf } from '../contributions.js';
import type { RuntimeModule } from '../open-runtime.js';
import type { ModelRuntime } from '../runtime.js';
import type { RuntimeChoice } from '../runtime-choice.js';
import { similarityIn } from '../item-similarity.js';
import { createModelScorer } from '../model-scorer.js';
import { createSessionScorer } from '../session-scores.js';
import { invalidModel } from '../weight-spec.js';
import { buildGraph } from './graph.js';
import { createItemScorer } from './item-scorer.js';
import { createJsKernels } from './js-kernels.js';
import type { Kernels } from './kernels.js';
import { createMemory } from './memory.js';
import { createSimdKernels } from './simd-kernels.js';

export { checkGoldens } from '../goldens.js';
export { readModels } from '../read-models.js';

/**
 * Checks and builds a bundle's models: in SIMD WebAssembly where the browser and its policy let that compile, else in plain JavaScript.
 *
 * @throws {TillsideError} `model-invalid`, `model-nonfinite`; `runtime-unavailable` for a layer that only TF.js runs, or where SIMD alone is asked for and refused
 */
export const createRuntime: RuntimeModule['createRuntime'] = async (models, { runtime = 'auto' }) => {
  const checked = checkModels(models);
  const memory = createMemory(chooseKernels(runtime));
  const session = checked.session && buildGraph(checked.session, memory);
  const ranker = buildGraph(checked.ranker, memory);
  const [features = ''] = checked.ranker.inputs.keys();
  return {
    name: memory.kernels.name,
    encoders: ENCODERS,
    contributionsOf,
    createModelScorer,
    similarityIn,
    createSessionScorer: (scoring) =>
      createSessionScorer({ ...scoring, createItemScorer: (table) => createItemScorer(table, session?.tables ?? [], memory) }),
    encodeSession(rows, behaviour) {
      if (!session) throw invalidModel('it has no session model');
      session.feed('items', [1, rows.length], rows);
      session.feed('behaviour', [1, rows.length, BEHAVIOUR_FEATURES.length], behaviour);
      return finite(session.run());
    },
    rankCandidates(given, candidates) {
      if (candidates === 0) return new Float32Array();
      ranker.feed(features, [candidates, CANDIDATE_FEATURES.length], given);
      return finite(ranker.run());
    },
    tensorCount: () => 0,
    dispose() {},
  } satisfies ModelRuntime;
};

function chooseKernels(runtime: RuntimeChoice): Kernels {
  if (runtime === 'js') return createJsKernels();
  try {
    return createSimdKernels();
  } catch (error) {
    if (runtime !== 'simd') return createJsKernels();
    const message = `SIMD WebAssembly does not compile here: ${String(error)}. Add 'wasm-unsafe-eval' to script-src, or take the runtime "auto".`;
    throw new TillsideError('runtime-unavailable', message, error);
  }
}

function finite(answer: Float32Array): Float32Array {
  if (answer.every(Number.isFinite)) return answer;
  throw new TillsideError('model-nonfinite', 'The model answers with a number that is not finite. Train the bundle again.');
}
