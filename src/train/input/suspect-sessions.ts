// In: a log and thresholds. Out: the log without the sessions that no shopper made, and how many went for which reason. Node.
import type { EventLog } from '../event-log.js';
import { describeClock } from '../recipe/describe-clock.js';
import { selectSessions, trainPart, trainSessions } from './select-sessions.js';

/** Beyond these a session is no shopper's. They err on the side of keeping: a wholesaler's cart of 1,000 lines stays. */
export interface SuspectFilters {
  /** events a minute, sustained over a whole session … */
  readonly eventsPerMinute: number;
  /** … of at least this many events, that is also longer than all but one in 10,000 */
  readonly leastEvents: number;
  /** events of a session on one or two items */
  readonly eventsOnTwoItems: number;
  /** sessions of one visitor, in all and in one day */
  readonly sessionsPerVisitor: number;
  readonly sessionsPerVisitorDay: number;
  /** orders of exactly the same two or more items by one visitor in one day; the first ones are kept */
  readonly sameOrdersPerDay: number;
}

/** What `tillside train` uses where neither options nor a file say otherwise. */
export const DEFAULT_FILTERS: SuspectFilters = {
  eventsPerMinute: 60,
  leastEvents: 100,
  eventsOnTwoItems: 300,
  sessionsPerVisitor: 2000,
  sessionsPerVisitorDay: 100,
  sameOrdersPerDay: 3,
};

export interface FilteredLog {
  readonly log: EventLog;
  /** sessions left out, by reason */
  readonly dropped: ReadonlyMap<string, number>;
}

const DAY_MS = 86_400_000;
/** Above any day since the epoch: makes one number of a visitor and a day. */
const DAY_KEYS = 2 ** 21;
const RARE = 0.9999;

/** Leaves out bots and fake orders. Of the sessions that a measured fit sees none goes for what happened later. */
export function dropSuspects(log: EventLog, filters: SuspectFilters): FilteredLog {
  const reasons = new Map<number, string>();
  const inHead = checksOf(trainPart(log), filters);
  const inAll = checksOf(log, filters);
  const cut = trainSessions(log);
  for (let session = 0; session < log.sessionIds.length; session++) {
    const [early, late] = [session < cut ? inHead(session) : undefined, inAll(session)];
    const reason = session < cut ? early : late;
    if (reason !== undefined) reasons.set(session, reason);
  }
  const dropped = new Map<string, number>();
  for (const reason of reasons.values()) dropped.set(reason, (dropped.get(reason) ?? 0) + 1);
  return { log: reasons.size === 0 ? log : selectSessions(log, (session) => !reasons.has(session)), dropped };
}

/** Why a session is suspect; asked once for each session, in the order of the log. */
type Check = (session: number) => string | undefined;

function checksOf(log: EventLog, filters: SuspectFilters): Check {
  const checks = [...visitorChecks(log, filters), ...sessionChecks(log, filters)];
  return (session) => checks.map((check) => check(session)).find((each) => each !== undefined);
}

function visitorChecks({ kind, visitors, startedAt, sessionStarts, item }: EventLog, filters: SuspectFilters): Check[] {
  const dayOf = (session: number) => Math.floor((startedAt[session] as number) / DAY_MS);
  const inAll = new Map<number, number>();
  const inDay = new Map<number, number>();
  const mostInDay = new Map<number, number>();
  visitors.forEach((visitor, session) => {
    if (visitor < 0) return;
    inAll.set(visitor, (inAll.get(visitor) ?? 0) + 1);
    const key = visitor * DAY_KEYS + dayOf(session);
    const sessions = (inDay.get(key) ?? 0) + 1;
    inDay.set(key, sessions);
    mostInDay.set(visitor, Math.max(sessions, mostInDay.get(visitor) ?? 0));
  });
  const isTooBusy: Check = (session) => {
    const visitor = visitors[session] as number;
    if ((inAll.get(visitor) ?? 0) > filters.sessionsPerVisitor)
      return `by a visitor of more than ${count(filters.sessionsPerVisitor)} sessions`;
    if ((mostInDay.get(visitor) ?? 0) > filters.sessionsPerVisitorDay)
      return `by a visitor of more than ${count(filters.sessionsPerVisitorDay)} sessions in a day`;
    return undefined;
  };
  const orders = new Map<string, number>();
  const isRepeatedOrder: Check = (session) => {
    const visitor = visitors[session] as number;
    if (kind !== 'carts' || visitor < 0) return undefined;
    const items = new Set(item.subarray(sessionStarts[session], sessionStarts[session + 1]));
    if (items.size < 2) return undefined;
    const key = `${visitor} ${dayOf(session)} ${[...items].sort((a, b) => a - b).join()}`;
    const before = orders.get(key) ?? 0;
    orders.set(key, before + 1);
    return before < filters.sameOrdersPerDay
      ? undefined
      : `the same order again, after ${count(filters.sameOrdersPerDay)} that day by that visitor`;
  };
  return [isTooBusy, isRepeatedOrder];
}

/** An order's lines carry one time and any number of them may be right: only browsing has a pace. */
function sessionChecks(log: EventLog, filters: SuspectFilters): Check[] {
  if (log.kind === 'carts') return [];
  const { sessionStarts, occurredAt, item, startedAt } = log;
  const lengths = Uint32Array.from(startedAt, (_, s) => (sessionStarts[s + 1] as number) - (sessionStarts[s] as number));
  const rare = lengths.slice().sort()[Math.floor(RARE * (lengths.length - 1))] ?? 0;
  const isRealClock = describeClock(log).within === 'real';
  const isTooFast: Check = (session) => {
    const length = lengths[session] as number;
    if (!isRealClock || length < filters.leastEvents || length < rare) return undefined;
    const last = occurredAt[(sessionStarts[session + 1] as number) - 1] as number;
    const minutes = (last - (startedAt[session] as number)) / 60_000;
    return length > filters.eventsPerMinute * Math.max(1, minutes)
      ? `more than ${count(filters.eventsPerMinute)} events a minute`
      : undefined;
  };
  const isHammering: Check = (session) => {
    if ((lengths[session] as number) < filters.eventsOnTwoItems) return undefined;
    const items = new Set(item.subarray(sessionStarts[session], sessionStarts[session + 1]));
    return items.size <= 2 ? `${count(filters.eventsOnTwoItems)} events or more on one or two items` : undefined;
  };
  return [isTooFast, isHammering];
}

function count(value: number): string {
  return value.toLocaleString('en');
}
