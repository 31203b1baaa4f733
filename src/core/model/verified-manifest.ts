import { TillsideError } from '../errors.js';
import { readManifest } from './manifest.js';
import type { Manifest } from './manifest.schema.js';
import { verifySignature } from './signature.js';

/** A bundle with a larger file is refused. */
export const MAX_FILE_BYTES = 64_000_000;

/**
 * Reads a manifest and checks its signature and the size of its files.
 *
 * @throws {TillsideError} `manifest-invalid`, `model-incompatible`, `signature-invalid`, `bundle-too-large`
 */
export async function readVerified(text: string, publicKeys: readonly string[]): Promise<Manifest> {
  const manifest = readManifest(text);
  await verifySignature(text, publicKeys);
  const large = manifest.files.find(({ bytes }) => bytes > MAX_FILE_BYTES);
  if (large)
    throw new TillsideError(
      'bundle-too-large',
      `${large.path} has ${large.bytes} bytes of at most ${MAX_FILE_BYTES}. Train with fewer items.`,
    );
  return manifest;
}

/** Whether a bundle's time is over. */
export function isExpired({ notAfter }: Manifest, now: number): boolean {
  return notAfter !== undefined && Date.parse(notAfter) < now;
}

/** @throws {TillsideError} `bundle-expired`, `bundle-rollback` */
export function refuseOld(manifest: Manifest, cached: Manifest | undefined, now: number): void {
  const { id, version, notAfter } = manifest;
  if (isExpired(manifest, now))
    throw new TillsideError('bundle-expired', `Bundle ${id} was valid until ${notAfter}. Train the bundle again.`);
  if (cached && version < cached.version) {
    const message = `Bundle ${id} has version ${version}, older than ${cached.version}, which ran here. Publish a newer one.`;
    throw new TillsideError('bundle-rollback', message);
  }
}
