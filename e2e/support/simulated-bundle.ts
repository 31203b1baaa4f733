import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const CLI = 'dist/cli.js';
/** Enough that a model is better than the tables, and shows the effect; about ten seconds. Both models: one that reads dwell step by step is shown too. */
const SETTINGS =
  '--simulate --sessions 1500 --epochs 2 --dim 8 --units 8 --hidden 8 --neighbours 10 --recipe session=on --no-refit --seed 1'.split(
    ' ',
  );

/** Trains a bundle on drawn sessions in which dwell decides what is added, once for each build of the CLI. @returns its folder */
export async function simulatedBundle(): Promise<string> {
  const digest = createHash('sha256')
    .update(await readFile(CLI))
    .update(SETTINGS.join(' '))
    .digest('hex');
  const folder = resolve('.build/simulated', digest.slice(0, 12));
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  await promisify(execFile)(process.execPath, [CLI, 'train', ...SETTINGS, '--out', draft]);
  // Another worker may have been faster: then its bundle is the same.
  await rename(draft, folder).catch(() => rm(draft, { recursive: true }));
  return folder;
}
