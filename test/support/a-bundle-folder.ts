import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BundleOptions, aBundle } from './tiny-bundle.js';

/** A tiny bundle written to a folder of its own, as "tillside train" would leave it. */
export async function aBundleFolder(options: BundleOptions = {}) {
  const { files, manifestText, manifest } = await aBundle({
    ...options,
    alterManifest: (plain) => ({
      ...plain,
      training: { settings: { minSupport: 5 }, until: '2026-01-01T00:00:00.000Z', sessions: 100, events: 400 },
    }),
  });
  const folder = await mkdtemp(join(tmpdir(), 'tillside-bundle-'));
  for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
  await writeFile(join(folder, 'manifest.json'), manifestText);
  return { folder, manifest, remove: () => rm(folder, { recursive: true }) };
}
