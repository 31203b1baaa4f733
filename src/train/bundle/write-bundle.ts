// In: a packed bundle and a folder. Out: the folder's new content, whole or not at all.
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { TillsideError } from '../../core/errors.js';
import { EARLY_FILE, joinEarlyFiles } from '../../core/model/early-files.js';
import { type Manifest, manifestSchema } from '../../core/model/manifest.schema.js';
import type { PackedBundle } from './pack-bundle.js';

const MANIFEST = 'manifest.json';
const COPY_ALL = { recursive: true, force: false, verbatimSymlinks: true, preserveTimestamps: true } as const;

/**
 * Writes a bundle: into a folder beside first, which then takes the place of `folder`. Over an older bundle its version becomes
 * the older one's + 1 at least, so that no device takes it for a rollback; what else lies beside that, such as `offers.json`, stays.
 *
 * @throws {TillsideError} `output-invalid` if the folder holds files and no bundle, or cannot be written
 */
export async function writeBundle(folder: string, { manifest, files }: PackedBundle): Promise<void> {
  const target = resolve(folder);
  const older = await readOlder(target);
  const version = Math.max(manifest.version, older.version + 1);
  const checked = checkManifest({ ...manifest, version });
  const parent = dirname(target);
  const fresh = join(parent, `.${basename(target)}.${process.pid}.new`);
  const stale = join(parent, `.${basename(target)}.${process.pid}.old`);
  try {
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { recursive: true });
    for (const { path, content } of files) await writeFile(join(fresh, path), content);
    await writeFile(join(fresh, EARLY_FILE), joinEarlyFiles(files));
    await writeFile(join(fresh, MANIFEST), `${JSON.stringify(checked)}\n`);
    for (const name of older.strangers) await cp(join(target, name), join(fresh, name), COPY_ALL);
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

/**
 * Finds out, before a fit and not after it, whether a bundle may be written to a folder.
 *
 * @throws {TillsideError} `output-invalid`
 */
export async function assertWritable(folder: string): Promise<void> {
  await readOlder(folder);
}

/** The bundle that a folder holds. */
interface OlderBundle {
  /** 0 where there is none */
  readonly version: number;
  /** what lies beside it and is not its own */
  readonly strangers: readonly string[];
}

async function readOlder(folder: string): Promise<OlderBundle> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [] as string[];
    const problem = error.code === 'ENOTDIR' ? 'is a file' : `cannot be read (${error.code})`;
    throw new TillsideError('output-invalid', `${folder} ${problem}. Give --out a folder.`, error);
  });
  if (names.length === 0) return { version: 0, strangers: [] };
  const older = parseOlder(names.includes(MANIFEST) ? await readFile(join(folder, MANIFEST), 'utf8') : '');
  if (older === undefined) {
    throw new TillsideError(
      'output-invalid',
      `${folder} holds files that are no bundle (${names.slice(0, 3).join(', ')} …). Give --out a new or empty folder.`,
    );
  }
  const own = new Set([MANIFEST, EARLY_FILE, ...older.paths]);
  return { version: older.version, strangers: names.filter((name) => !own.has(name)) };
}

/** Of a bundle of any age, as far as it has to be known. */
const olderSchema = z.object({
  formatVersion: z.number(),
  version: z.number(),
  files: z.array(z.object({ path: z.string() })),
});

/** @returns undefined for a manifest.json of something else */
function parseOlder(text: string): { version: number; paths: string[] } | undefined {
  try {
    const { version, files } = olderSchema.parse(JSON.parse(text));
    return { version, paths: files.map(({ path }) => path) };
  } catch {
    return undefined;
  }
}
