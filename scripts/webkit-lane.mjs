// The tests in e2e/webkit/ under node:test, in WebKitGTK (not Safari), on a virtual display where there is no other.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { findWebkitGtk } from './find-browsers.mjs';

const FOLDER = 'e2e/webkit';
const REPORT = '.build/reports/webkit.tap';

if (!findWebkitGtk()) {
  console.error("WebKitGTK is missing (WebKitWebDriver, MiniBrowser, xvfb-run). Run 'npm run browsers'.");
  process.exit(1);
}
const tests = readdirSync(FOLDER).filter((file) => file.endsWith('.test.mjs'));
const reporters = [
  '--test-reporter=spec',
  '--test-reporter-destination=stdout',
  '--test-reporter=tap',
  `--test-reporter-destination=${REPORT}`,
];
const node = [
  process.execPath,
  '--test',
  '--test-concurrency=1',
  '--test-timeout=120000',
  ...reporters,
  ...tests.map((file) => `${FOLDER}/${file}`),
];
const [command, ...args] = process.env['DISPLAY'] ? node : ['xvfb-run', '-a', ...node];

mkdirSync('.build/reports', { recursive: true });
const lane = spawn(/** @type {string} */ (command), args, { stdio: 'inherit' });
lane.on('exit', (code) => process.exit(code ?? 1));
