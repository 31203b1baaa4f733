import { encodeCandidates } from './encode-candidates.js';
import { encodeSteps } from './encode-steps.js';
import { normalise } from './normalisation.js';
import { createWindowCounters } from './window-counters.js';

/** What turns a session into a model's inputs. In the browser it comes with the runtime: only a model needs it. */
export interface FeatureEncoders {
  readonly encodeSteps: typeof encodeSteps;
  readonly encodeCandidates: typeof encodeCandidates;
  readonly normalise: typeof normalise;
  readonly createWindowCounters: typeof createWindowCounters;
}

export const ENCODERS: FeatureEncoders = { encodeSteps, encodeCandidates, normalise, createWindowCounters };
