import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from './support/install.js';

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

it('states the sizes of the build and the quality of the committed bundle', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/readme-figures.mjs', '--check'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

it('names only files that the build makes', () => {
  const [copied = ''] = /^Copy the files of `dist\/`.*$/m.exec(readme) ?? [];
  const files = [...copied.matchAll(/`([\w-]+\.js)`/g)].map((match) => match[1] as string);
  expect(files.length).toBeGreaterThan(2);
  expect(files.filter((file) => !existsSync(join(ROOT, 'dist', file)))).toEqual([]);
});
