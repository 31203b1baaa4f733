import type { EventLog } from '../event-log.js';
import type { ReadSummary } from '../input/read-events.js';

/** No shop's clock is this early: such times are seconds, or counters. */
const EARLIEST_LIKELY = Date.UTC(1990, 0, 1);

/** What was read, in words: counts, span, and what was skipped and why. */
export function printSummary(log: EventLog, summary?: ReadSummary): string {
  const visitors = new Set(log.visitors);
  visitors.delete(-1);
  const first = log.startedAt[0] ?? 0;
  const last = log.startedAt.at(-1) ?? 0;
  const what = log.kind === 'carts' ? 'carts (only purchases: each session is one cart)' : 'sessions';
  const lines = [
    `${count(log.item.length)} events, ${count(log.sessionIds.length)} ${what}, ${count(log.itemIds.length)} items, ` +
      `${visitors.size === 0 ? 'visitors unknown' : `${count(visitors.size)} visitors`}, ${day(first)} to ${day(last)}`,
  ];
  const skipped = [...(summary?.skipped ?? [])].sort(([, a], [, b]) => b - a);
  if (summary !== undefined && skipped.length > 0) {
    lines.push(`${count(summary.rows - summary.events)} of ${count(summary.rows)} rows skipped:`);
    for (const [reason, rows] of skipped) lines.push(`  ${count(rows)} × ${reason}`);
  }
  if (last < EARLIEST_LIKELY) lines.push('All times are before 1990: occurred_at is expected in milliseconds, not seconds.');
  return lines.join('\n');
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
