import type { EventLog } from '../event-log.js';

/** Which of a log's times were measured. */
export interface LogClock {
  /** times of the events of one session: measured; all alike, as an order's lines are; a constant step, as a counter's are */
  readonly within: 'real' | 'one-time' | 'constant';
  /** when sessions begin: measured; a constant step after the one before; always at one time of day, as a date without an hour is */
  readonly starts: 'real' | 'constant' | 'daily';
}

/** A clock is synthetic when this share of its steps are alike. */
const ALIKE = 0.98;
/** A few steps prove nothing. */
const LEAST_STEPS = 20;
const DAY_MS = 86_400_000;

/** Tells a measured clock from a counter. */
export function describeClock({ sessionStarts, startedAt, occurredAt }: EventLog): LogClock {
  const within = createTally();
  const starts = createTally();
  const backToBack = createTally();
  const timeOfDay = createTally();
  for (let session = 0; session < startedAt.length; session++) {
    const begin = sessionStarts[session] as number;
    const end = sessionStarts[session + 1] as number;
    for (let event = begin + 1; event < end; event++)
      within.add((occurredAt[event] as number) - (occurredAt[event - 1] as number));
    timeOfDay.add((startedAt[session] as number) % DAY_MS);
    if (session === 0) continue;
    starts.add((startedAt[session] as number) - (startedAt[session - 1] as number));
    backToBack.add((startedAt[session] as number) - (occurredAt[begin - 1] as number));
  }
  const step = within.usual();
  const isDaily = timeOfDay.usual() !== undefined;
  const isCounted = starts.usual() !== undefined || backToBack.usual() !== undefined;
  return {
    within: step === undefined ? 'real' : step === 0 ? 'one-time' : 'constant',
    // One session a day at one time is both; a day is the more that can be believed of it.
    starts: isDaily ? 'daily' : isCounted ? 'constant' : 'real',
  };
}

/** Collects values to find the one that nearly all are. @see Boyer & Moore 1991, MJRTY (majority vote) */
function createTally() {
  const seen: number[] = [];
  return {
    add(value: number): void {
      seen.push(value);
    },
    /** the value that nearly all added ones are */
    usual(): number | undefined {
      let [candidate, votes] = [0, 0];
      for (const value of seen) {
        if (votes === 0) candidate = value;
        votes += value === candidate ? 1 : -1;
      }
      const alike = seen.reduce((count, value) => count + (value === candidate ? 1 : 0), 0);
      return seen.length >= LEAST_STEPS && alike >= ALIKE * seen.length ? candidate : undefined;
    },
  };
}
