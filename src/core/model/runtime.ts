import type { ModelEncoders } from './encoders.js';
import type { contributionsOf } from './contributions.js';
import type { similarityIn } from './item-similarity.js';
import type { createModelScorer } from './model-scorer.js';
import type { createSessionScorer } from './session-scores.js';

/** One weight tensor's place in a bundle's shards, as TF.js writes it. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32';
  readonly quantization?: { readonly dtype: 'uint8' | 'uint16' | 'float16'; readonly scale?: number; readonly min?: number };
}

/** A TF.js layers model as the loader read it: its shards are whole; a runtime checks the topology against them before it builds it. */
export interface LayersModelFiles {
  readonly modelTopology: unknown;
  readonly weightSpecs: readonly WeightSpec[];
  /** the shards, concatenated in order */
  readonly weightData: Uint8Array;
}

/** Runs a bundle's models. Every vector it returns is finite, or it throws `model-nonfinite`. */
export interface ModelRuntime {
  /** `simd`, `js`, `tfjs-cpu` or `tfjs-wasm` */
  readonly name: string;
  readonly encoders: ModelEncoders;
  // These come with the runtime, as only a model needs them.
  readonly contributionsOf: typeof contributionsOf;
  readonly createModelScorer: typeof createModelScorer;
  readonly createSessionScorer: typeof createSessionScorer;
  readonly similarityIn: typeof similarityIn;
  /**
   * Encodes a session. @param rows `[steps]` item rows, oldest first, steps ≥ 1
   * @param behaviour `[steps, BEHAVIOUR_FEATURES.length]`, normalised
   * @returns `[dim]`, in the space of the item table
   * @throws {TillsideError} `model-invalid` without a session model
   */
  encodeSession(rows: Int32Array, behaviour: Float32Array): Float32Array;
  /** @param features `[candidates, CANDIDATE_FEATURES.length]`, normalised @returns `[candidates]` */
  rankCandidates(features: Float32Array, candidates: number): Float32Array;
  /** Live tensors, for the leak test; 0 where a runtime has none. */
  tensorCount(): number;
  dispose(): void;
}
