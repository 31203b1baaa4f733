import { TillsideError } from '../../core/errors.js';

/** From 2001-09-09 up to 2100 in seconds; in milliseconds, five weeks of 1970 in which no shop sold online. */
const FIRST_SECOND = 1_000_000_000;
const END_SECOND = Date.UTC(2100, 0, 1) / 1000;
/** 1973 in milliseconds, 5138 in seconds: a number from here on is a date in milliseconds. */
const FIRST_MILLISECOND = 100_000_000_000;
/** A counter passes through all that lies below what reads as seconds: numbers that end far below it are times that are missing, or wrong. */
const NEAR_FIRST_SECOND = FIRST_SECOND / 2;

/** Whether a time that is written as a number can only be one of seconds, unless it counts something else. */
export function looksLikeSeconds(epoch: number): boolean {
  return epoch >= FIRST_SECOND && epoch < END_SECOND;
}

/** Whether a time in milliseconds is a date, not the number of a counter. */
export function looksLikeDate(epochMs: number): boolean {
  return epochMs >= FIRST_MILLISECOND;
}

interface SeenTimes {
  readonly row: number;
  readonly text: string;
  count: number;
  most: number;
}

/** Finds out from a file's times whether its numbers are seconds since 1970 instead of milliseconds. */
export interface TimeUnit {
  /** @param epoch the time as a number, where it is written as one @param occurredAt the same, or what an ISO 8601 time stands for */
  note(row: number, epoch: number | null, occurredAt: number): void;
  /** @throws {TillsideError} `column-type` where some times can only be seconds and others cannot be, naming the first of each */
  isSeconds(): boolean;
}

/** @param column what the file calls the column of times */
export function createTimeUnit(file: string, column: string): TimeUnit {
  const seen: { seconds?: SeenTimes; dates?: SeenTimes; counters?: SeenTimes } = {};
  return {
    note(row, epoch, occurredAt) {
      const kind = kindOf(epoch);
      const times = seen[kind];
      if (times !== undefined) {
        times.count++;
        times.most = Math.max(times.most, occurredAt);
      } else {
        const text = epoch === null ? new Date(occurredAt).toISOString() : String(epoch);
        seen[kind] = { row, text, count: 1, most: occurredAt };
      }
    },
    isSeconds() {
      const { seconds, dates, counters } = seen;
      if (seconds === undefined) return false;
      if (dates === undefined && counters !== undefined && counters.most >= NEAR_FIRST_SECOND) return false;
      const other = dates ?? counters;
      if (other === undefined) return true;
      throw new TillsideError(
        'column-type',
        `${file}, row ${seconds.row}: column ${column} is ${seconds.text}, which reads as seconds since 1970, but row ${other.row} has ${other.text}, which does not (${seconds.count} and ${other.count} such rows). Write all times alike: epoch milliseconds, or ISO 8601.`,
      );
    },
  };
}

function kindOf(epoch: number | null): 'seconds' | 'dates' | 'counters' {
  if (epoch === null || looksLikeDate(epoch)) return 'dates';
  return looksLikeSeconds(epoch) ? 'seconds' : 'counters';
}
