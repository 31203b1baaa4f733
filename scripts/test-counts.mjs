// What a finished test run says of itself, from the report file that its runner wrote.
import { readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} TestCounts */

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
  };
}

/**
 * Counts a flaky test as failed, though with retries off there is none.
 *
 * @param {string} file
 * @returns {TestCounts}
 */
export function readPlaywright(file) {
  const { stats, errors } = JSON.parse(readFileSync(file, 'utf8'));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

/** The trailer of node:test's TAP report. @param {string} file @returns {TestCounts} */
export function readTap(file) {
  const text = readFileSync(file, 'utf8');
  const trailer = (/** @type {string} */ word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return {
    passed: trailer('pass'),
    failed: trailer('fail') + trailer('cancelled'),
    skipped: trailer('skipped') + trailer('todo'),
  };
}
