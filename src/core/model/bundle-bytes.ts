import { TillsideError } from '../errors.js';
import type { FileRole } from './bundle-format.js';
import { decodeText, parseJson } from './parse-json.js';

/** The verified bytes of a bundle's files. */
export type BundleBytes = ReadonlyMap<FileRole, Uint8Array>;

/** The files of a bundle, for what reads models: a module of its own, which thus needs nothing of this one. */
export interface BundleFiles {
  /** @throws {TillsideError} `model-invalid` where it is missing */
  bytesOf(role: FileRole): Uint8Array;
  /** @throws {TillsideError} `model-invalid` where it is no JSON that may be read */
  jsonOf(role: FileRole): unknown;
}

/** Opens verified bytes to what reads models. */
export function filesIn(bytes: BundleBytes): BundleFiles {
  return {
    bytesOf: (role) => bytesOf(role, bytes),
    jsonOf: (role) => parseJson(textOf(role, bytes), { what: `The bundle's ${role}`, code: 'model-invalid' }),
  };
}

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
