import { createHash } from 'node:crypto';
import type { FileRole } from '../../core/model/bundle-format.js';
import type { BundleFile } from '../../core/model/manifest.schema.js';

/** A file of a bundle with its content. */
export interface NamedFile extends BundleFile {
  readonly content: Uint8Array;
}

/** Hex digits of the digest in a name: a changed file is another file to every cache. */
const NAME_DIGITS = 10;

/** Names a file by its content: `<stem>-<digest>.<extension>`. */
export function namedByContent(
  role: FileRole,
  stem: string,
  { bytes, extension }: { bytes: Uint8Array; extension: string },
): NamedFile {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { role, path: `${stem}-${sha256.slice(0, NAME_DIGITS)}.${extension}`, bytes: bytes.length, sha256, content: bytes };
}
