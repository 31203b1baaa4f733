import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../scripts/find-browsers.mjs';
import { anEmptyFolder, pinned, ROOT } from './support/install.js';
import { writeOrders } from './support/orders.js';

const TRAIN = ['train', '--events', 'orders.csv', '--catalog', 'products.csv', '--out', 'models/shop'];

describe('the command line of the packed tarball, with DuckDB and Playwright beside it', () => {
  const folder = anEmptyFolder();
  const tillside = (...args: string[]) => folder.run('npx', ['--no-install', 'tillside', ...args]);
  beforeAll(async () => {
    await folder.install(pinned('@duckdb/node-api'), pinned('playwright'));
    writeOrders(folder.path);
  });
  afterAll(folder.remove);

  it("trains a bundle by the README's line and answers carts with it", async () => {
    const trained = await tillside(...TRAIN);
    expect(trained.stderr).not.toContain('tillside train:');
    expect(trained.code).toBe(0);
    const manifest = JSON.parse(readFileSync(join(folder.path, 'models/shop/manifest.json'), 'utf8'));
    expect(manifest.items.count).toBe(48);
    const roles = manifest.files.map(({ role }: { role: string }) => role);
    expect(roles).toEqual(expect.arrayContaining(['ranker-model', 'neighbours']));

    const predicted = await tillside('predict', '--bundle', 'models/shop', '--sessions', 'carts.ndjson', '--k', '3');
    expect(predicted.code).toBe(0);
    const { id, items } = JSON.parse(predicted.stdout) as { id: string; items: string[] };
    expect(id).toBe('today');
    expect(new Set(items).size).toBe(3);
    // 12 is in the cart; what goes with it is the rest of its group
    for (const item of items) expect(['SKU-13', 'SKU-14', 'SKU-15', 'SKU-16', 'SKU-17']).toContain(item);
  });

  it('goes on when nobody reads its progress any more, as with 2>&1 | head -1', async () => {
    const args = ['node_modules/tillside/dist/cli.js', ...TRAIN.slice(0, -1), 'models/unread', '--quick'];
    const child = spawn(process.execPath, args, { cwd: folder.path, stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.once('data', () => child.stderr.destroy());
    expect(await once(child, 'exit')).toEqual([0, null]);
    const verified = await tillside('verify', 'models/unread');
    expect(verified.stdout).toMatch(/^ok: bundle /);
  });

  it('opens a browser to look at a page', async () => {
    const path = findChromium()?.executablePath;
    const { code, stderr } = await tillside(
      'doctor',
      'http://127.0.0.1:9/',
      ...(path === undefined ? [] : ['--browser-path', path]),
    );
    expect(stderr).toContain('http://127.0.0.1:9/ cannot be opened: ');
    expect(code).toBe(1);
  });
});

describe('the command line of the packed tarball, alone', () => {
  const folder = anEmptyFolder();
  const tillside = (...args: string[]) => folder.run('npx', ['--no-install', 'tillside', ...args]);
  beforeAll(async () => {
    await folder.install();
    writeOrders(folder.path);
  });
  afterAll(folder.remove);

  it('installs no other package', () => {
    expect(readdirSync(join(folder.path, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['tillside']);
    expect(existsSync(join(folder.path, 'node_modules/tillside/node_modules'))).toBe(false);
  });

  it("says the README's command where DuckDB is missing, and exits 1", async () => {
    const { code, stdout, stderr } = await tillside(...TRAIN);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const [command = 'no such command'] = /npx -p tillside .*? tillside train/.exec(readme) ?? [];
    expect(stderr).toContain(`@duckdb/node-api, which is not installed. Run: ${command}`);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(existsSync(join(folder.path, 'models'))).toBe(false);
  });

  it("trains by the README's command, which has npx bring DuckDB alone", async () => {
    const train = [...TRAIN.slice(0, -1), 'by-npx', '--quick'];
    const packages = ['-p', 'tillside', '-p', pinned('@duckdb/node-api')];
    const { code, stderr } = await folder.run('npx', ['--yes', '--prefer-offline', ...packages, 'tillside', ...train]);
    expect(stderr).not.toContain('tillside train:');
    expect(code).toBe(0);
    expect(existsSync(join(folder.path, 'by-npx/manifest.json'))).toBe(true);
  });

  it('says what to run where playwright is missing, and exits 1', async () => {
    const { code, stdout, stderr } = await tillside('doctor', 'http://127.0.0.1:9/');
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('Run: npx -p tillside -p playwright tillside doctor URL (playwright-missing)');
  });

  it('shows with --debug what was behind an error', async () => {
    const { code, stderr } = await tillside(...TRAIN, '--debug');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^\s+at /m);
    expect(stderr).toContain("cause: Error [ERR_MODULE_NOT_FOUND]: Cannot find package '@duckdb/node-api'");
  });

  it('tells its commands with --help, and exits 0', async () => {
    const { code, stdout } = await tillside('--help');
    expect(code).toBe(0);
    for (const command of ['train', 'evaluate', 'predict', 'inspect', 'keygen', 'sign', 'verify', 'doctor'])
      expect(stdout).toContain(`tillside ${command} `);
  });

  it.each([
    ['an unknown command', ['dance'], 'dance'],
    ['an unknown option', ['train', '--nope'], '--nope'],
    ['a missing option', ['train', '--out', 'models'], '--events'],
  ])('exits 2 on %s, and names it', async (_what, args, named) => {
    const { code, stderr } = await tillside(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(named);
  });
});
