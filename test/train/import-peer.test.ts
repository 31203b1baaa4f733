import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { importPeer, whyPeerIsMissing } from '../../src/train/import-peer.js';

describe('a package that is not beside tillside', () => {
  const missing = () => Promise.reject(new Error('Cannot find package'));
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tillside-peer-'));
    const installed = join(folder, 'node_modules/@peers/of-npx');
    mkdirSync(installed, { recursive: true });
    writeFileSync(join(installed, 'package.json'), '{ "main": "index.js" }');
    writeFileSync(join(installed, 'index.js'), 'exports.answer = 42;');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  it('is taken from where npx has put it', async () => {
    vi.stubEnv('PATH', [folder, join(folder, 'node_modules/.bin')].join(delimiter));
    expect(await importPeer<unknown>('@peers/of-npx', missing)).toEqual({ answer: 42 });
  });

  it('is missing where no folder of commands has it beside it', async () => {
    vi.stubEnv('PATH', join(folder, 'node_modules'));
    await expect(importPeer('@peers/of-npx', missing)).rejects.toThrow('Cannot find package');
  });
});

describe('whyPeerIsMissing', () => {
  const DUCKDB = { name: '@duckdb/node-api', task: 'Reading event files', command: 'train …' };

  it('says how to run with a package that is not installed', () => {
    const message = whyPeerIsMissing(new Error("Cannot find package '@duckdb/node-api' imported from /shop/cli.js"), DUCKDB);
    expect(message).toBe(
      'Reading event files needs @duckdb/node-api, which is not installed. Run: npx -p tillside -p @duckdb/node-api tillside train …',
    );
  });

  it('shows why one that is installed does not load', () => {
    const cause = new Error("Cannot find module '@duckdb/node-bindings-linux-x64/duckdb.node'\nRequire stack:\n- …");
    const message = whyPeerIsMissing(cause, DUCKDB);
    expect(message).toContain(
      "cannot be loaded: Cannot find module '@duckdb/node-bindings-linux-x64/duckdb.node'. Install it again",
    );
    expect(message).not.toContain('not installed');
  });
});
