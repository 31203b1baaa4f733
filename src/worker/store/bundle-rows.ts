import type { CachedFile } from '../../core/engine/store.js';
import { type Database, transact } from './database.js';
import { type FileRow, isSameLog, readFileRow, readManifestRow } from './row-shapes.js';

/** Reads a cached file's bytes. */
export async function readFile(database: Database, sha256: string): Promise<Uint8Array | undefined> {
  return readFileRow(await readRow(database, sha256));
}

/** Reads the cached manifest's text. */
export async function readManifest(database: Database): Promise<string | undefined> {
  return readManifestRow(await readRow(database, 'manifest'));
}

export interface CachedBundle {
  readonly manifestText: string;
  readonly files: readonly CachedFile[];
}

/** Replaces the cached bundle, all or nothing. @param epoch the log this tab knows: after an erase by another tab nothing is written */
export async function writeBundle(
  database: Database,
  epoch: string | undefined,
  { manifestText, files }: CachedBundle,
): Promise<void> {
  const rows: FileRow[] = files.map(({ sha256, bytes }) => ({ key: sha256, bytes: ownBytes(bytes) }));
  await transact(database, { stores: ['meta', 'bundles'], mode: 'readwrite' }, async (tx) => {
    if (!isSameLog(await tx.objectStore('meta').get('log'), epoch)) return;
    const bundles = tx.objectStore('bundles');
    await Promise.all([
      bundles.clear(),
      ...rows.map((row) => bundles.put(row)),
      bundles.put({ key: 'manifest', text: manifestText }),
    ]);
  });
}

function readRow(database: Database, key: string): Promise<unknown> {
  return transact(database, { stores: ['bundles'], mode: 'readonly' }, (tx) => tx.objectStore('bundles').get(key));
}

/** A view on a larger buffer would be stored with all of it. */
function ownBytes(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}
