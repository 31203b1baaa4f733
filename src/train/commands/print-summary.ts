import type { EventLog } from '../event-log.js';
import type { ReadSummary } from '../input/read-events.js';

/** No shop's clock is this early: such times are counters. */
const EARLIEST_LIKELY = Date.UTC(1990, 0, 1);

/** What was read, in words: counts, span, and what was skipped or left out and why. @param suspects sessions that are no longer in the log */
export function printSummary(log: EventLog, summary?: ReadSummary, suspects: ReadonlyMap<string, number> = new Map()): string {
  const visitors = new Set(log.visitors);
  visitors.delete(-1);
  const first = log.startedAt[0] ?? 0;
  const last = log.startedAt.at(-1) ?? 0;
  const what = log.kind === 'carts' ? 'carts (only purchases: each session is one cart)' : 'sessions';
  const lines = [
    `${count(log.item.length)} events, ${count(log.sessionIds.length)} ${what}, ${count(log.itemIds.length)} items, ` +
      `${visitors.size === 0 ? 'visitors unknown' : `${count(visitors.size)} visitors`}, ${day(first)} to ${day(last)}`,
  ];
  if (summary !== undefined) lines.unshift(...describeFormats(summary));
  if (summary !== undefined) lines.push(...describeSkipped(summary));
  lines.push(...describeSuspects(log, suspects));
  if (last < EARLIEST_LIKELY)
    lines.push(
      'All times are before 1990, as counters are: occurred_at is expected as epoch milliseconds or seconds, or ISO 8601.',
    );
  return lines.join('\n');
}

function describeFormats({ files, formats }: ReadSummary): string[] {
  const titles = new Set(formats.values());
  return [...titles].map((title) => {
    const theirs = files.filter((file) => formats.get(file) === title);
    return `${theirs.length > 3 ? `${count(theirs.length)} files` : theirs.join(', ')}: ${title}; who ordered is counted, not kept`;
  });
}

function describeSkipped({ rows, skipped, leftOut, remarks }: ReadSummary): string[] {
  const list = (counts: ReadonlyMap<string, number>) =>
    [...counts].sort(([, a], [, b]) => b - a).map(([what, times]) => `  ${count(times)} × ${what}`);
  const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((total, each) => total + each, 0);
  return [
    ...(leftOut.size > 0 ? [`${count(sum(leftOut))} orders left out:`, ...list(leftOut)] : []),
    ...(skipped.size > 0 ? [`${count(sum(skipped))} of ${count(rows)} rows skipped:`, ...list(skipped)] : []),
    ...(remarks.size > 0 ? [`${count(sum(remarks))} lines read otherwise than as they stand:`, ...list(remarks)] : []),
  ];
}

function describeSuspects({ sessionIds }: EventLog, suspects: ReadonlyMap<string, number>): string[] {
  const dropped = [...suspects.values()].reduce((sum, sessions) => sum + sessions, 0);
  if (dropped === 0) return [];
  const all = sessionIds.length + dropped;
  return [
    `${count(dropped)} of ${count(all)} sessions (${((100 * dropped) / all).toFixed(2)} %) left out as no shopper's (--keep-suspects keeps them):`,
    ...[...suspects].map(([reason, sessions]) => `  ${count(sessions)} × ${reason}`),
  ];
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
