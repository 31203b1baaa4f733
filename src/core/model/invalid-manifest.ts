import { TillsideError } from '../errors.js';

/** The error of a manifest that this SDK does not take. */
export function invalidManifest(what: string, cause?: unknown): TillsideError {
  return new TillsideError('manifest-invalid', `The bundle's manifest is invalid: ${what}. Train the bundle again.`, cause);
}
