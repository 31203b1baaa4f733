import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from './support/install.js';

it('measures in a browser, quickly and without judging, and says which peers are not installed', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bench/run.mjs', '--quick'], { cwd: ROOT, encoding: 'utf8' });
  expect(stderr).not.toMatch(/Error/);
  expect(status).toBe(0);
  const peers = existsSync(join(ROOT, 'bench/node_modules/onnxruntime-web')) ? ['onnxruntime-web', 'LiteRT.js'] : [];
  expect(stdout.includes('are not installed and not measured')).toBe(peers.length === 0);
  const table = stdout.slice(stdout.indexOf('1,000 items'), stdout.indexOf('new Worker'));
  for (const name of ['tillside simd', 'tillside js', 'tillside tfjs', 'TF.js union', 'TF.js layers + wasm', ...peers])
    expect(table).toMatch(new RegExp(`^${name.replace('+', '\\+')}.* [\\d.]+ / [\\d.]+ `, 'm'));
  for (const runtime of ['simd', 'js', 'tfjs-cpu', 'tfjs-wasm'])
    expect(stdout.slice(stdout.indexOf('event → slate on the page'))).toMatch(new RegExp(`^${runtime} +[\\d.]+ / [\\d.]+ `, 'm'));
  expect(stdout).toMatch(/tfjs, \d+ slates .* (\d+) → \1$/m);
  expect(stdout).not.toMatch(/NaN|undefined|Infinity|PASS|FAIL/);
});
