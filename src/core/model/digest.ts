import { TillsideError } from '../errors.js';
import type { BundleFile } from './manifest.schema.js';
import { sha256 } from './sha256.js';

/** SHA-256 as lower-case hex, by WebCrypto where the page has it. */
export async function digestOf(bytes: Uint8Array): Promise<string> {
  const { subtle } = crypto;
  const hash = subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : sha256(bytes);
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Checks a file's length and digest against the manifest. @throws {TillsideError} `digest-mismatch` */
export async function verifyFile(bytes: Uint8Array, { path, bytes: length, sha256: expected }: BundleFile): Promise<void> {
  const found = bytes.length === length ? await digestOf(bytes) : `${bytes.length} bytes`;
  if (found === expected) return;
  const wanted = bytes.length === length ? expected : `${length} bytes`;
  throw new TillsideError(
    'digest-mismatch',
    `${path} is not the manifest's file: ${found}, expected ${wanted}. Publish the bundle again.`,
  );
}
