import { encodeCandidates } from './encode-candidates.js';
import { encodeSteps } from './encode-steps.js';

/** What turns a session into a model's inputs. In the browser it comes with the runtime: only a model needs it. */
export interface FeatureEncoders {
  readonly encodeSteps: typeof encodeSteps;
  readonly encodeCandidates: typeof encodeCandidates;
}

export const ENCODERS: FeatureEncoders = { encodeSteps, encodeCandidates };
