// npm test: every stage of CI in turn, even after a failure; then a table, and as the last line `N passed, N failed`.
// `node scripts/verify.mjs unit lint` runs only the named stages (and not what they need).
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { readPlaywright, readTap, readVitest } from './test-counts.mjs';

/** @typedef {import('./test-counts.mjs').TestCounts} TestCounts */
/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {string[]} run commands; all run, all must succeed
 * @property {string[]} [needs] stages without which this one cannot run: it counts as failed
 * @property {{ file: string, read(file: string): TestCounts }} [report] absent: the stage is one check
 */
/** @typedef {{ name: string, outcome: string, counts: TestCounts, seconds: number }} Result */

const REPORTS = '.build/reports';
// The longest stage, e2e, takes 15 minutes of two free cores, and twice that beside other programs.
const STAGE_TIMEOUT_MS = 40 * 60_000;
const onWindows = process.platform === 'win32';

const vitest = (/** @type {string} */ project) => ({
  run: [`vitest run --project ${project} --reporter=default --reporter=json --outputFile.json=${REPORTS}/${project}.json`],
  report: { file: `${REPORTS}/${project}.json`, read: readVitest },
});

/** @type {Stage[]} */
const STAGES = [
  { name: 'build', run: ['npm run --silent build'] },
  { name: 'types', run: ['tsc -p test/tsconfig.json', 'tsc -p scripts/tsconfig.json'], needs: ['build'] },
  { name: 'lint', run: ['biome ci .'] },
  { name: 'imports', run: ['node scripts/import-rule.mjs'] },
  { name: 'knip', run: ['knip'] },
  { name: 'unit', ...vitest('unit') },
  { name: 'browsers', run: ['node scripts/ensure-browsers.mjs'] },
  { name: 'browser', ...vitest('browser'), needs: ['browsers'] },
  { name: 'examples', run: ['npm run --silent build:examples'], needs: ['build'] },
  {
    name: 'e2e',
    run: ['playwright test'],
    needs: ['examples', 'browsers'],
    report: { file: `${REPORTS}/e2e.json`, read: readPlaywright },
  },
  // WebKitGTK exists on Linux only.
  ...(process.platform === 'linux'
    ? [
        {
          name: 'webkit',
          run: ['node scripts/webkit-lane.mjs'],
          needs: ['examples', 'browsers'],
          report: { file: `${REPORTS}/webkit.tap`, read: readTap },
        },
      ]
    : []),
  { name: 'shape', run: ['npm run --silent shape'], needs: ['build'] },
  { name: 'package', ...vitest('package'), needs: ['examples', 'browsers'] },
  { name: 'sizes', run: ['size-limit', 'node scripts/tfjs-at-home.mjs'], needs: ['build'] },
];

/** Streams a command's output; answers whether it succeeded in time. @param {string} line @returns {Promise<boolean>} */
function succeeds(line) {
  console.log(`$ ${line}`);
  const [command = '', ...args] = line.split(' ');
  const path = `${resolve('node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`;
  // A process group of its own, so that a hanging stage ends with its browsers and servers.
  const child = spawn(command, args, {
    stdio: 'inherit',
    detached: !onWindows,
    shell: onWindows,
    env: { ...process.env, PATH: path },
  });
  const end = () => (child.pid && !onWindows ? process.kill(-child.pid, 'SIGKILL') : child.kill('SIGKILL'));
  const interrupted = () => {
    end();
    process.exit(130);
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  return new Promise((settle) => {
    const timer = setTimeout(() => {
      console.error(`No end after ${STAGE_TIMEOUT_MS / 60_000} minutes: ${line}`);
      end();
    }, STAGE_TIMEOUT_MS);
    const settled = (/** @type {boolean} */ success) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
      settle(success);
    };
    child.once('error', (error) => {
      console.error(error.message);
      settled(false);
    });
    child.once('exit', (code) => settled(code === 0));
  });
}

/**
 * Counts a stage: a run that failed, or that tested nothing, has at least one failure.
 *
 * @param {Stage} stage
 * @param {boolean} success whether every command exited with 0
 * @returns {TestCounts}
 */
function countsOf(stage, success) {
  if (!stage.report) return { passed: Number(success), failed: Number(!success), skipped: 0 };
  try {
    const counts = stage.report.read(stage.report.file);
    const inexplicable = (!success && counts.failed === 0) || counts.passed + counts.failed + counts.skipped === 0;
    return inexplicable ? { ...counts, failed: counts.failed + 1 } : counts;
  } catch (error) {
    console.error(`No report of ${stage.name}: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** @param {Stage} stage @param {readonly Result[]} earlier @returns {Promise<Result>} */
async function runStage(stage, earlier) {
  console.log(`\n━━ ${stage.name}`);
  const failedNeed = earlier.find(({ name, outcome }) => stage.needs?.includes(name) && outcome !== 'passed');
  if (failedNeed)
    return {
      name: stage.name,
      outcome: `not run: ${failedNeed.name} failed`,
      counts: { passed: 0, failed: 1, skipped: 0 },
      seconds: 0,
    };

  if (stage.report) rmSync(stage.report.file, { force: true });
  const startedAt = performance.now();
  let success = true;
  for (const line of stage.run) success = (await succeeds(line)) && success;
  const counts = countsOf(stage, success);
  const passed = success && counts.failed + counts.skipped === 0;
  return { name: stage.name, outcome: passed ? 'passed' : 'FAILED', counts, seconds: (performance.now() - startedAt) / 1000 };
}

/** @param {readonly Result[]} results */
function printTable(results) {
  const row = (/** @type {(string | number)[]} */ ...[name, passed, failed, skipped, seconds, outcome]) =>
    console.log(
      `${`${name}`.padEnd(10)}${[passed, failed, skipped, seconds].map((cell) => `${cell}`.padStart(9)).join('')}   ${outcome}`,
    );
  console.log('');
  row('stage', 'passed', 'failed', 'skipped', 'seconds', 'outcome');
  for (const { name, counts, seconds, outcome } of results)
    row(name, counts.passed, counts.failed, counts.skipped, seconds.toFixed(1), outcome);
  for (const { name, counts } of results) for (const failure of counts.failures ?? []) console.log(`✘ ${name}: ${failure}`);
}

const named = process.argv.slice(2);
const unknown = named.filter((name) => !STAGES.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(`No stage ${unknown.join(', ')}. Stages: ${STAGES.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
mkdirSync(REPORTS, { recursive: true });
/** @type {Result[]} */
const results = [];
for (const stage of STAGES) {
  if (named.length === 0 || named.includes(stage.name)) results.push(await runStage(stage, results));
}
printTable(results);
// A skipped test is a defect, so it counts as failed.
const passed = results.reduce((sum, { counts }) => sum + counts.passed, 0);
const failed = results.reduce((sum, { counts }) => sum + counts.failed + counts.skipped, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
