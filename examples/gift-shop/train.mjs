// Trains the bundle that the shop serves: the catalogue with our departments, then the CLI as any shop would run it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { loadCatalog } from './catalog/catalog.mjs';
import { toCatalogCsv } from './catalog/catalog-csv.mjs';

/** The demo shows both models; by default `train` would leave the session model out, which brings orders without browsing nothing. */
const RECIPE = 'session=on';

const root = fileURLToPath(new URL('../../', import.meta.url));
const here = (path) => relative(root, fileURLToPath(new URL(path, import.meta.url)));

const folder = mkdtempSync(join(tmpdir(), 'gift-shop-'));
try {
  const catalog = join(folder, 'catalog.csv');
  writeFileSync(catalog, toCatalogCsv(await loadCatalog()));
  const args = ['dist/cli.js', 'train', '--events', here('data/events.parquet'), '--catalog', catalog, '--out', here('bundle')];
  const { status, error } = spawnSync(process.execPath, [...args, '--seed', '1', '--recipe', RECIPE, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  if (error) throw error;
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
