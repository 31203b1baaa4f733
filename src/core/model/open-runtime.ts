import { TillsideError } from '../errors.js';
import type { Bundle, BundleModels } from './bundle.js';
import type { readModels } from './read-models.js';
import type { ModelRuntime } from './runtime.js';
import type { RuntimeChoice } from './runtime-choice.js';

/** What a runtime module needs to know of its place. */
export interface RuntimeOptions {
  /** where the TF.js .wasm files lie; absent: plain JavaScript */
  readonly wasmBaseUrl?: string | undefined;
  /** tillside's own runtime: which of its two; TF.js has no use for it */
  readonly runtime?: RuntimeChoice | undefined;
}

/** What a runtime module exports: `dist/runtime.js` and `dist/tfjs.js` are two. All that only a model needs comes with it, its reading and the check of its goldens too. */
export interface RuntimeModule {
  readonly readModels: typeof readModels;
  createRuntime(models: BundleModels, options: RuntimeOptions): Promise<ModelRuntime>;
  checkGoldens(bundle: Bundle, runtime: ModelRuntime): void;
}

/**
 * Loads a runtime module, builds a bundle's models in it and checks them against the bundle's goldens; nothing of it stays on failure.
 *
 * @throws {TillsideError} `runtime-unavailable`, `golden-mismatch`, `model-nonfinite`, `model-invalid`
 */
export async function openRuntime(
  bundle: Bundle,
  importModule: () => Promise<RuntimeModule>,
  options: RuntimeOptions,
): Promise<ModelRuntime> {
  const { models } = bundle;
  if (!models)
    throw new TillsideError('model-invalid', `Bundle ${bundle.manifest.id} has no models. Train the bundle again with models.`);
  let runtime: ModelRuntime | undefined;
  try {
    const { createRuntime, checkGoldens } = await importModule();
    runtime = await createRuntime(models, options);
    if (!runtime.similarityIn) throw new Error('it is of another release. Serve all files from one');
    checkGoldens(bundle, runtime);
    return runtime;
  } catch (error) {
    runtime?.dispose();
    // by name: the module has its own copy of the class, and a failed import may carry a code of Node's
    if ((error as { name?: unknown } | null)?.name === 'TillsideError') throw error;
    throw notStarted(error);
  }
}

/** The error of a runtime that did not load or start. */
export function notStarted(cause: unknown): TillsideError {
  const message = `The model runtime did not start: ${String(cause)}. Check its URL and the CSP.`;
  return new TillsideError('runtime-unavailable', message, cause);
}
