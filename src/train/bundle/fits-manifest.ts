import { readEarly } from '../../core/model/early-files.js';
import { FIRST_ROLES } from '../../core/model/manifest.js';
import type { Manifest } from '../../core/model/manifest.schema.js';

/** Whether what `first-stage.txt` holds are the files that a manifest names, so that a first visit can use them. */
export async function fitsManifest(content: Uint8Array, manifest: Pick<Manifest, 'files'>): Promise<boolean> {
  const first = manifest.files.filter(({ role }) => FIRST_ROLES.includes(role));
  const asked = Promise.resolve(content);
  const read = await Promise.allSettled(first.map((file) => readEarly(asked, file, manifest)));
  return read.every(({ status }) => status === 'fulfilled');
}
