// What a finished test run says of itself, from the report file that its runner wrote.
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/** `failures`: title and the first lines of the message, one for each test that failed or was skipped and has a title. */
/** @typedef {{ passed: number, failed: number, skipped: number, failures?: string[] }} TestCounts */

/** @param {string} title @param {string | undefined} message */
function toFailure(title, message = 'skipped') {
  return `${title}: ${stripVTControlCharacters(message).split('\n').slice(0, 3).join(' ')}`;
}

/**
 * A file that could not be imported has failed with no test of its own: it counts as one.
 *
 * @param {string} file
 * @returns {TestCounts}
 */
export function readVitest(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const broken = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.every(({ status }) => status !== 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [
      ...report.testResults
        .flatMap((result) => result.assertionResults)
        .filter(({ status }) => status !== 'passed')
        .map(({ fullName, failureMessages }) => toFailure(fullName, failureMessages[0])),
      ...broken.map(({ name, message }) => toFailure(name, message)),
    ],
  };
}

/**
 * Counts a flaky test as failed, though with retries off there is none.
 *
 * @param {string} file
 * @returns {TestCounts}
 */
export function readPlaywright(file) {
  const { stats, errors, suites } = JSON.parse(readFileSync(file, 'utf8'));
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    failures: [
      ...suites
        .flatMap(specsIn)
        .flatMap(({ file, line, title, tests }) =>
          tests
            .filter(({ status }) => status !== 'expected')
            .map(({ projectName, results }) =>
              toFailure(`[${projectName}] ${file}:${line} ${title}`, results.find(({ error }) => error)?.error.message),
            ),
        ),
      ...errors.map(({ message }) => toFailure('Playwright', message)),
    ],
  };
}

/** @param {{ specs?: any[], suites?: any[] }} suite @returns {any[]} */
const specsIn = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsIn)];

/** The trailer of node:test's TAP report. @param {string} file @returns {TestCounts} */
export function readTap(file) {
  const text = readFileSync(file, 'utf8');
  const trailer = (/** @type {string} */ word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return {
    passed: trailer('pass'),
    failed: trailer('fail') + trailer('cancelled'),
    skipped: trailer('skipped') + trailer('todo'),
    failures: [...text.matchAll(/^\s*not ok \d+ - (.*)$/gm)].map(([, title]) => `${title}`),
  };
}
