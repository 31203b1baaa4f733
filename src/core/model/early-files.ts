// In: a bundle's first stage in one file of a fixed name, asked for before its manifest is in. Out: those of its files that are the manifest's.
import type { FileRole } from './bundle-format.js';
import { concatBytes } from './concat-bytes.js';
import { verifyFile } from './digest.js';
import { FIRST_ROLES } from './manifest.js';
import type { BundleFile, Manifest } from './manifest.schema.js';

/** Beside every manifest: the files of `FIRST_ROLES` that it has, in that order, with nothing between. Text, so that hosts compress it. */
export const EARLY_FILE = 'first-stage.txt';

/** Joins what the fixed file holds. */
export function joinEarlyFiles(files: readonly { readonly role: FileRole; readonly content: Uint8Array }[]): Uint8Array {
  const parts = FIRST_ROLES.flatMap((role) => files.filter((file) => file.role === role).map(({ content }) => content));
  return concatBytes(parts);
}

/**
 * Cuts a file of the bundle out of the fixed one; nothing of what this does not hold.
 *
 * @throws {TillsideError} `digest-mismatch` where it is not the manifest's, and why there is no fixed one
 */
export async function readEarly(
  asked: Promise<Uint8Array>,
  wanted: BundleFile,
  { files }: Pick<Manifest, 'files'>,
): Promise<Uint8Array | undefined> {
  let from = 0;
  for (const role of FIRST_ROLES) {
    if (role === wanted.role) {
      const bytes = (await asked).slice(from, from + wanted.bytes);
      await verifyFile(bytes, wanted);
      return bytes;
    }
    from += files.find((file) => file.role === role)?.bytes ?? 0;
  }
  return undefined;
}
