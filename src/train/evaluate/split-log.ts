import { TillsideError } from '../../core/errors.js';
import type { EventLog, SessionRange } from '../event-log.js';
import { TRAIN_SHARE } from '../settings.js';

export interface Split {
  readonly train: SessionRange;
  readonly test: SessionRange;
}

/** Splits a log by time: the first 80 % of the sessions train, the rest test. */
export function splitByTime(log: EventLog): Split {
  const sessions = log.sessionIds.length;
  const cut = Math.floor(sessions * TRAIN_SHARE);
  return { train: { from: 0, to: cut }, test: { from: cut, to: sessions } };
}

/**
 * Splits a log where a bundle's fit ends: only sessions that began later may measure it.
 *
 * @param until epoch ms, when the last fitted session began
 * @throws {TillsideError} `events-overlap` when there are none
 */
export function splitAfter(log: EventLog, until: number): Split {
  const first = log.startedAt.findIndex((startedAt) => startedAt > until);
  if (first === -1) {
    throw new TillsideError(
      'events-overlap',
      `The events overlap training: the bundle was fitted on sessions until ${toDay(until)} and the file ends ${toDay(log.startedAt.at(-1) ?? 0)}. ` +
        'Give later events, or use --retrain to fit the first 80 % again and measure on the rest.',
    );
  }
  return { train: { from: 0, to: first }, test: { from: first, to: log.sessionIds.length } };
}

function toDay(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}
