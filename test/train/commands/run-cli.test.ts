import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../../src/train/commands/options.js';
import { runCli } from '../../../src/train/commands/run-cli.js';
import { aBundleFolder } from '../../support/a-bundle-folder.js';
import { runCommand } from '../../support/run-command.js';

const cli: Command = { name: 'tillside', summary: '', help: '', run: (args) => runCli(args) };
const tillside = (...args: string[]) => runCommand(cli, ...args);

let folder: string;
let bundle: Awaited<ReturnType<typeof aBundleFolder>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillside-cli-'));
  bundle = await aBundleFolder({ models: false });
  await writeFile(
    join(folder, 'old.csv'),
    'session_id,item_id,type,occurred_at\ns,item-1,view_item,2025-12-31T00:00:00Z\ns,item-2,view_item,2025-12-31T00:00:01Z\n',
  );
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await bundle.remove();
});

describe('runCli', () => {
  it('prints help and the version on standard output', async () => {
    for (const args of [['--help'], ['train', '--help'], ['predict', '-h']])
      expect(await tillside(...args)).toMatchObject({ code: 0, stderr: '' });
    expect((await tillside('--help')).stdout).toContain('npx -p tillside -p @duckdb/node-api tillside train');
    expect((await tillside('--version')).stdout).toMatch(/^\d+\.\d+\.\d+/);
  });

  it.each([
    [[], /tillside: on-device/],
    [['trian'], /no command "trian"/],
    [['train'], /--out is required/],
    [['train', '--out', 'x', '--epochs', 'many'], /--epochs is "many"/],
    [['train', '--out', 'x', '--colour', 'red'], /Unknown option '--colour'. --help after the command lists its options\./],
    [['train', '--out', '/nowhere/new'], /--events is required/],
    [['evaluate', '--bundle', 'x', '--events', 'y', '--protocol', 'guess'], /--protocol is "guess"/],
    [['sign', '--bundle', 'x'], /--key is required/],
  ])('exits 2 on %j', async (args, message) => {
    const { code, stderr, stdout } = await tillside(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  it('exits 1 on a failure, and shows the stack only when asked to', async () => {
    const args = ['train', '--events', join(folder, 'nowhere.csv'), '--out', join(folder, 'out')];
    const { code, stderr } = await tillside(...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/File not found: .*nowhere\.csv/);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect((await tillside(...args, '--debug')).stderr).toMatch(/\n {4}at /);
  });

  it('refuses to train into a folder that holds other files, before it reads anything', async () => {
    const { code, stderr } = await tillside('train', '--events', 'nowhere.csv', '--out', folder);
    expect(code).toBe(1);
    expect(stderr).toMatch(/holds files that are no bundle \(.*old\.csv/);
  });

  it('refuses to measure a bundle on events that overlap its training', async () => {
    const { code, stderr } = await tillside('evaluate', '--bundle', bundle.folder, '--events', join(folder, 'old.csv'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/events overlap training.*--retrain/);
  });
});
