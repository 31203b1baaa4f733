import { encodeSteps } from '../features/encode-steps.js';
import { normalise } from '../features/normalisation.js';
import { createWindowCounters } from '../features/window-counters.js';
import { createCandidateEncoder } from './candidate-encoder.js';

/** What turns a session into a model's inputs. In the browser it comes with the runtime: only a model needs it. */
export interface ModelEncoders {
  readonly encodeSteps: typeof encodeSteps;
  readonly createCandidateEncoder: typeof createCandidateEncoder;
  readonly normalise: typeof normalise;
  readonly createWindowCounters: typeof createWindowCounters;
}

export const ENCODERS: ModelEncoders = { encodeSteps, createCandidateEncoder, normalise, createWindowCounters };
