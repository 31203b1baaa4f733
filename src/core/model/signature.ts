import { TillsideError } from '../errors.js';
import { canonicalManifest } from './manifest.js';
import type { Manifest } from './manifest.schema.js';
import { parseJson } from './parse-json.js';

/**
 * Checks a manifest's Ed25519 signature. Without a configured key there is nothing to check.
 *
 * @param manifestText as published: members that this SDK does not know are signed too
 * @param publicKeys base64, raw 32 bytes each; one of them must have signed
 * @throws {TillsideError} `signature-invalid`, also where the page has no WebCrypto
 */
export async function verifySignature(manifestText: string, publicKeys: readonly string[]): Promise<void> {
  if (publicKeys.length === 0) return;
  const manifest = parseJson(manifestText, { what: 'The manifest', code: 'manifest-invalid' }) as Manifest;
  const { signature } = manifest;
  if (!signature) throw invalid('is not signed', 'Run "tillside sign"');
  if (!publicKeys.includes(signature.key))
    throw invalid(`is signed by ${signature.key}, which is no key of this page`, 'Sign it with the page’s');
  const { subtle } = crypto;
  if (!subtle) throw invalid('needs WebCrypto to be verified', 'Serve the page over https');
  let isValid: boolean;
  try {
    const key = await subtle.importKey('raw', fromBase64(signature.key), 'Ed25519', false, ['verify']);
    isValid = await subtle.verify(
      'Ed25519',
      key,
      fromBase64(signature.value),
      new TextEncoder().encode(canonicalManifest(manifest)),
    );
  } catch (cause) {
    throw invalid('has a malformed signature, or this browser no Ed25519', 'Sign it again', cause);
  }
  if (!isValid) throw invalid('was changed after it was signed', 'Sign it again');
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

function invalid(what: string, remedy: string, cause?: unknown): TillsideError {
  return new TillsideError('signature-invalid', `The bundle's manifest ${what}. ${remedy}.`, cause);
}
