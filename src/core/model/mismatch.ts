import { TillsideError } from '../errors.js';

/** The error of files that are not of one bundle. */
export function mismatch(what: string): TillsideError {
  return new TillsideError('model-incompatible', `The bundle's parts do not fit: ${what}. Train the bundle again.`);
}
