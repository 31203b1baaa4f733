// In: a packed bundle and a folder. Out: the folder's new content, whole or not at all.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { TillsideError } from '../../core/errors.js';
import { EARLY_FILE, joinEarlyFiles } from '../../core/model/early-files.js';
import { type Manifest, manifestSchema } from '../../core/model/manifest.schema.js';
import type { PackedBundle } from './pack-bundle.js';

/**
 * Writes a bundle: into a folder beside first, which then takes the place of `folder`. Over an older bundle its version becomes
 * the older one's + 1 at least, so that no device takes it for a rollback.
 *
 * @throws {TillsideError} `output-invalid` if the folder holds something other than a bundle, or cannot be written
 */
export async function writeBundle(folder: string, { manifest, files }: PackedBundle): Promise<void> {
  const target = resolve(folder);
  const older = await olderVersion(target);
  const version = Math.max(manifest.version, older === undefined ? 1 : older + 1);
  const checked = checkManifest({ ...manifest, version });
  const parent = dirname(target);
  const fresh = join(parent, `.${basename(target)}.${process.pid}.new`);
  const stale = join(parent, `.${basename(target)}.${process.pid}.old`);
  try {
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { recursive: true });
    for (const { path, content } of files) await writeFile(join(fresh, path), content);
    await writeFile(join(fresh, EARLY_FILE), joinEarlyFiles(files));
    await writeFile(join(fresh, 'manifest.json'), `${JSON.stringify(checked)}\n`);
    await replace({ target, fresh, stale });
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw new TillsideError(
      'output-invalid',
      `The bundle could not be written to ${target}: ${String(error)}. Check the folder's permissions.`,
      error,
    );
  }
}

/** A manifest that a device would refuse is not written. */
function checkManifest(manifest: Manifest): Manifest {
  const result = manifestSchema.safeParse(manifest);
  if (result.success) return manifest;
  const [issue] = result.error.issues;
  throw new TillsideError(
    'output-invalid',
    `The manifest is invalid at ${issue?.path.join('.')}: ${issue?.message}. Report this.`,
  );
}

async function replace({ target, fresh, stale }: { target: string; fresh: string; stale: string }): Promise<void> {
  const isThere = await rename(target, stale).then(
    () => true,
    () => false, // there was none
  );
  try {
    await rename(fresh, target);
  } catch (error) {
    if (isThere) await rename(stale, target);
    throw error;
  }
  await rm(stale, { recursive: true, force: true });
}

/** Version of the bundle in a folder; undefined when it is empty or absent. */
async function olderVersion(target: string): Promise<number | undefined> {
  const names: string[] = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [] as string[];
    throw new TillsideError('output-invalid', `${target} is not a folder. Give --out a folder.`, error);
  });
  if (names.length === 0) return undefined;
  const text = names.includes('manifest.json') ? await readFile(join(target, 'manifest.json'), 'utf8') : '';
  const version = versionIn(text);
  if (version === undefined) {
    throw new TillsideError(
      'output-invalid',
      `${target} holds files that are no bundle (${names.slice(0, 3).join(', ')} …). Give --out a new or empty folder.`,
    );
  }
  return version;
}

function versionIn(text: string): number | undefined {
  try {
    const manifest = JSON.parse(text) as { formatVersion?: unknown; version?: unknown };
    return typeof manifest.formatVersion === 'number' && typeof manifest.version === 'number' ? manifest.version : undefined;
  } catch {
    return undefined; // a manifest.json of something else
  }
}
