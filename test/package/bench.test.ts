import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ROOT } from './support/install.js';
import { writeOrders } from './support/orders.js';

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

it('says what the bytes of a small log cost, against what was fitted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tillside-bench-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeOrders(folder);
  const args = ['bench/packed-against-float.mjs', '--events', join(folder, 'orders.csv')];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  expect(stderr).not.toMatch(/Error/);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^[\d.]+ bytes an item without ids and cards; its first stage [\d.]+ more$/m);
  expect(stdout).toMatch(/^masked-basket, .* · shipped · .* · keeps [\d.]+ % \/ [\d.]+ % · keeps [\d.]+ % \/ [\d.]+ %$/m);
});
