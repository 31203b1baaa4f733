// In: sessions of a log. Out: windows of them as the session model's inputs, with the item to predict after each step. Node, main thread.
import { BEHAVIOUR_FEATURES } from '../../core/features/feature-names.js';
import { encodeSteps } from '../../core/features/encode-steps.js';
import { foldEvent } from '../../core/features/fold-event.js';
import type { ItemIndex } from '../../core/features/item-index.js';
import { createSessionState } from '../../core/features/session-state.js';
import { type EventLog, eventsOf, type SessionRange } from '../event-log.js';
import type { Random } from './random.js';

/** Steps of one window; a longer session gives another window each epoch. */
export const WINDOW_STEPS = 20;

const WIDTH = BEHAVIOUR_FEATURES.length;
const IS_REMOVE = BEHAVIOUR_FEATURES.indexOf('isRemove');

/** One stretch of a session. */
export interface SessionWindow {
  /** `[steps]` */
  readonly rows: Int32Array;
  /** `[steps, BEHAVIOUR_FEATURES.length]`, raw */
  readonly behaviour: Float32Array;
  /** `[steps]` the row to predict after each step, 0 where there is nothing to learn */
  readonly targets: Int32Array;
}

/**
 * Cuts one window out of each of a number of sessions. What an event needs of its past (gap, price, kind) is folded by the same code
 * as on a device.
 *
 * @param sessions indices into the log
 */
export function cutWindows(
  log: EventLog,
  sessions: ArrayLike<number>,
  { index, random }: { index: ItemIndex; random: Random },
): SessionWindow[] {
  const windows: SessionWindow[] = [];
  for (let i = 0; i < sessions.length; i++) {
    const window = cutWindow(log, sessions[i] as number, { index, random });
    if (window) windows.push(window);
  }
  return windows;
}

/** Sessions of a range in which there is something to predict. */
export function longEnough(log: EventLog, { from, to }: SessionRange): Uint32Array {
  const kept: number[] = [];
  for (let session = from; session < to; session++) {
    if ((log.sessionStarts[session + 1] as number) - (log.sessionStarts[session] as number) > 1) kept.push(session);
  }
  return Uint32Array.from(kept);
}

function cutWindow(
  log: EventLog,
  session: number,
  { index, random }: { index: ItemIndex; random: Random },
): SessionWindow | undefined {
  const length = (log.sessionStarts[session + 1] as number) - (log.sessionStarts[session] as number);
  const begin = random.below(Math.max(1, length - WINDOW_STEPS));
  const state = createSessionState();
  for (const event of eventsOf(log, session, { from: begin, to: begin + WINDOW_STEPS + 1 })) foldEvent(state, event);
  const { rows, behaviour } = encodeSteps(state, index);
  const steps = Math.min(WINDOW_STEPS, rows.length - 1);
  if (steps < 1) return undefined;
  const targets = log.kind === 'carts' ? laterRows(rows, steps, random) : nextRows(rows, behaviour, steps);
  return { rows: rows.slice(0, steps), behaviour: behaviour.slice(0, steps * WIDTH), targets };
}

/** Browsing: the next step, unless it only repeats this one or takes something out of the cart. */
function nextRows(rows: Int32Array, behaviour: Float32Array, steps: number): Int32Array {
  return Int32Array.from({ length: steps }, (_, step) => {
    const next = rows[step + 1] as number;
    const isRemoved = (behaviour[(step + 1) * WIDTH + IS_REMOVE] as number) > 0;
    return next === rows[step] || isRemoved ? 0 : next;
  });
}

/** Carts: half the time the next line, else any later one, since a cart's order says less than its content. */
function laterRows(rows: Int32Array, steps: number, random: Random): Int32Array {
  return Int32Array.from({ length: steps }, (_, step) => {
    const later = step + 1 + (random.next() < 0.5 ? 0 : random.below(rows.length - step - 1));
    return rows[later] as number;
  });
}
