import { TillsideError } from '../errors.js';
import type { FileRole } from './bundle-format.js';
import { decodeText } from './parse-json.js';

/** The verified bytes of a bundle's files. */
export type BundleBytes = ReadonlyMap<FileRole, Uint8Array>;

/** A file's bytes. @throws {TillsideError} `model-invalid` where it is missing */
export function bytesOf(role: FileRole, bytes: BundleBytes): Uint8Array {
  const found = bytes.get(role);
  if (!found) throw new TillsideError('model-invalid', `The bundle's ${role} is missing. Publish the bundle again.`);
  return found;
}

/** A file's text. @throws {TillsideError} `model-invalid` */
export function textOf(role: FileRole, bytes: BundleBytes): string {
  return decodeText(bytesOf(role, bytes), { what: `The bundle's ${role}`, code: 'model-invalid' });
}

/** The error of files that are not of one bundle. */
export function mismatch(what: string): TillsideError {
  return new TillsideError('model-incompatible', `The bundle's parts do not fit: ${what}. Train the bundle again.`);
}
