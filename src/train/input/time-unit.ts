import { TillsideError } from '../../core/errors.js';

/** From 2001-09-09 up to 2100 in seconds; in milliseconds, five weeks of 1970 in which no shop sold online. */
const FIRST_SECOND = 1_000_000_000;
const END_SECOND = Date.UTC(2100, 0, 1) / 1000;

/** Whether a time that is written as a number can only be one of seconds. */
export function looksLikeSeconds(epoch: number): boolean {
  return epoch >= FIRST_SECOND && epoch < END_SECOND;
}

interface SeenTime {
  readonly row: number;
  readonly text: string;
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
  let seconds: SeenTime | undefined;
  let other: SeenTime | undefined;
  return {
    note(row, epoch, occurredAt) {
      if (epoch !== null && looksLikeSeconds(epoch)) seconds ??= { row, text: String(epoch) };
      else other ??= { row, text: epoch === null ? new Date(occurredAt).toISOString() : String(epoch) };
    },
    isSeconds() {
      if (seconds === undefined || other === undefined) return seconds !== undefined;
      throw new TillsideError(
        'column-type',
        `${file}, row ${seconds.row}: column ${column} is ${seconds.text}, which reads as seconds since 1970, but row ${other.row} has ${other.text}, which does not. Write all times alike: epoch milliseconds, or ISO 8601.`,
      );
    },
  };
}
