import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { ROOT } from './support/install.js';

it('measures the loop in a browser, quickly and without judging it', () => {
  const { status, stdout } = spawnSync(process.execPath, ['bench/run.mjs', '--quick'], { cwd: ROOT, encoding: 'utf8' });
  expect(status).toBe(0);
  for (const runtime of ['simd', 'js', 'tfjs-cpu', 'tfjs-wasm'])
    expect(stdout).toContain(`event → slate on the page, ${runtime}`);
  expect(stdout).toMatch(/tensors before \/ after \d+ slates\s+(\d+) \/ \1\b/);
  expect(stdout).not.toMatch(/NaN|undefined|PASS|FAIL/);
});
