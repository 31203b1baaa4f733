// In: a log. Out: what it is, in figures: what it holds, how long its sessions are, and whether its clock is real. Node, main thread.
import { EVENT_TYPES, type EventType } from '../../core/domain/event.js';
import type { EventLog } from '../event-log.js';
import { describeClock, type LogClock } from './describe-clock.js';

/** What a log is. Shares are 0–1. */
export interface LogFacts {
  readonly kind: EventLog['kind'];
  readonly events: number;
  readonly sessions: number;
  /** distinct items that occur */
  readonly items: number;
  /** events a session */
  readonly meanLength: number;
  readonly medianLength: number;
  /** sessions with two items or more: only they say what goes with what */
  readonly pairedSessions: number;
  /** share of the events, after a session's first, whose item was there before in the session */
  readonly repeats: number;
  /** share of the sessions whose visitor is known */
  readonly visitors: number;
  /** share of the sessions whose visitor bought something in an earlier one */
  readonly history: number;
  /** share of the events by type; absent types are left out */
  readonly types: Readonly<Partial<Record<EventType, number>>>;
  /** share of the events that carry the value */
  readonly prices: number;
  readonly dwell: number;
  readonly scroll: number;
  readonly clock: LogClock;
  /** between the first and the last session's start */
  readonly days: number;
  readonly eventsPerItem: number;
}

const DAY_MS = 86_400_000;
const PURCHASE = EVENT_TYPES.indexOf('purchase');

/** Finds out what a log is, in one walk over it. */
export function describeLog(log: EventLog): LogFacts {
  const sessions = log.sessionIds.length;
  const events = log.item.length;
  const walked = walkSessions(log);
  const { items, pairedSessions } = walked;
  const lengths = Uint32Array.from({ length: sessions }, (_, s) => lengthOf(log, s)).sort();
  const span = sessions > 0 ? (log.startedAt[sessions - 1] as number) - (log.startedAt[0] as number) : 0;
  return {
    kind: log.kind,
    events,
    sessions,
    items,
    meanLength: share(events, sessions),
    medianLength: lengths[sessions >> 1] ?? 0,
    pairedSessions,
    repeats: share(walked.repeated, events - sessions),
    visitors: share(
      log.visitors.reduce((known, visitor) => known + (visitor >= 0 ? 1 : 0), 0),
      sessions,
    ),
    history: share(sessionsWithHistory(log), sessions),
    types: shareOfTypes(log),
    prices: shareOfNumbers(log.price),
    dwell: shareOfNumbers(log.dwellMs),
    scroll: shareOfNumbers(log.scrollDepthRatio),
    clock: describeClock(log),
    days: span / DAY_MS,
    eventsPerItem: share(events, items),
  };
}

function lengthOf({ sessionStarts }: EventLog, session: number): number {
  return (sessionStarts[session + 1] as number) - (sessionStarts[session] as number);
}

function walkSessions(log: EventLog): { items: number; pairedSessions: number; repeated: number } {
  const seenIn = new Int32Array(log.itemIds.length).fill(-1);
  let [items, pairedSessions, repeated] = [0, 0, 0];
  for (let session = 0; session < log.sessionIds.length; session++) {
    let distinct = 0;
    for (let event = log.sessionStarts[session] as number; event < (log.sessionStarts[session + 1] as number); event++) {
      const item = log.item[event] as number;
      if (seenIn[item] === session) {
        repeated++;
        continue;
      }
      if (seenIn[item] === -1) items++;
      seenIn[item] = session;
      distinct++;
    }
    if (distinct > 1) pairedSessions++;
  }
  return { items, pairedSessions, repeated };
}

function sessionsWithHistory({ kind, visitors, type, sessionStarts }: EventLog): number {
  const hasBought = new Uint8Array(1 + visitors.reduce((most, visitor) => Math.max(most, visitor), -1));
  let count = 0;
  visitors.forEach((visitor, session) => {
    if (visitor < 0) return;
    if (hasBought[visitor] === 1) count++;
    else if (kind === 'carts' || type.subarray(sessionStarts[session], sessionStarts[session + 1]).includes(PURCHASE))
      hasBought[visitor] = 1;
  });
  return count;
}

function shareOfTypes({ type }: EventLog): LogFacts['types'] {
  const counts = new Uint32Array(EVENT_TYPES.length);
  for (const each of type) counts[each] = (counts[each] as number) + 1;
  const present = EVENT_TYPES.map((name, i) => [name, share(counts[i] as number, type.length)] as const);
  return Object.fromEntries(present.filter(([, part]) => part > 0));
}

function shareOfNumbers(column: Float32Array): number {
  return share(
    column.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0),
    column.length,
  );
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
