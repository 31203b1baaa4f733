import { EVENT_TYPES, type EventType, type InteractionEvent } from '../../core/domain/event.js';
import { SESSION_GAP_MS } from '../../core/domain/session.js';
import { TillsideError } from '../../core/errors.js';
import { looksLikeDate, looksLikeSeconds } from '../input/time-unit.js';

/** One line of a sessions file: what one device did. */
export interface SessionLine {
  /** echoed in the answer */
  readonly id: string | number;
  /** in the order of the line */
  readonly events: readonly InteractionEvent[];
  /** events left out because their type is unknown */
  readonly unknownTypes: number;
  /** whether its times were written in seconds since 1970 */
  readonly isInSeconds: boolean;
}

/**
 * Parses `{"id","events":[{"item_id","type","occurred_at", …}]}`. Numbers of time that can only be seconds become milliseconds, as training reads them.
 *
 * @param trainedUntil the last time of the log that the bundle was fitted on, epoch ms: where it is no date, times are a counter's and stay
 * @throws {TillsideError} `input-invalid`
 */
export function parseSessionLine(text: string, trainedUntil: number): SessionLine {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch (cause) {
    throw invalid(`not JSON (${(cause as Error).message})`, cause);
  }
  const { id, events } = (line ?? {}) as { id?: unknown; events?: unknown };
  if (typeof id !== 'string' && typeof id !== 'number') throw invalid('"id" is not a string or number');
  if (!Array.isArray(events)) throw invalid('"events" is not an array');
  const parsed = events.map((event, i) => parseEvent(event as Record<string, unknown> | null, i));
  const known = parsed.filter((event) => event !== undefined);
  const isInSeconds =
    looksLikeDate(trainedUntil) && areSeconds(events.map((event) => (event as { occurred_at: unknown }).occurred_at));
  return {
    id,
    events: isInSeconds ? known.map((event) => ({ ...event, occurredAt: event.occurredAt * 1000 })) : known,
    unknownTypes: parsed.length - known.length,
    isInSeconds,
  };
}

/** Whether all times are numbers that can only be seconds. A line of both units has no order that could be trusted. */
function areSeconds(times: readonly unknown[]): boolean {
  const isSecond = (time: unknown) => isEpoch(time) && looksLikeSeconds(Number(time));
  const seconds = times.find(isSecond);
  const other = times.find((time) => !isSecond(time));
  if (seconds === undefined || other === undefined) return seconds !== undefined;
  throw invalid(
    `one occurred_at is ${seconds}, which reads as seconds since 1970, another ${other}, which does not: write all times alike`,
  );
}

function isEpoch(time: unknown): boolean {
  return typeof time === 'number' || (typeof time === 'string' && /^\d+$/.test(time));
}

/**
 * The last visit of a device as training read it: where the last run of gaps ≤ 30 min holds only purchases, they are its cart's lines.
 * Earlier purchases stay purchases and become its history when they are folded in.
 */
export function asLastSession(events: readonly InteractionEvent[]): InteractionEvent[] {
  let start = events.length;
  while (start > 0 && isSameRun(events[start - 1] as InteractionEvent, events[start])) start--;
  const isCart = events.slice(start).every(({ type }) => type === 'purchase');
  return events.map((event, i) => (isCart && i >= start ? { ...event, type: 'add_to_cart' } : event));
}

function isSameRun(before: InteractionEvent, after: InteractionEvent | undefined): boolean {
  return after === undefined || after.occurredAt - before.occurredAt <= SESSION_GAP_MS;
}

function parseEvent(event: Record<string, unknown> | null, i: number): InteractionEvent | undefined {
  if (typeof event !== 'object' || event === null) throw invalid(`events[${i}] is not an object`);
  const { item_id: itemId, type } = event;
  if (itemId !== undefined && itemId !== null && typeof itemId !== 'string' && typeof itemId !== 'number') {
    throw invalid(`events[${i}].item_id is not a string`);
  }
  const occurredAt = toTime(event.occurred_at, i);
  if (typeof type !== 'string') throw invalid(`events[${i}].type is not a string`);
  if (!EVENT_TYPES.includes(type as EventType)) return undefined;
  return {
    eventId: `event-${i}`,
    type: type as EventType,
    occurredAt,
    ...(itemId !== undefined && itemId !== null && { itemId: String(itemId) }),
    ...optional('quantity', event.quantity),
    ...optional('price', event.price),
    ...optional('dwellMs', event.dwell_ms),
    ...optional('scrollDepthRatio', event.scroll_depth),
  };
}

function optional<K extends string>(name: K, value: unknown): { readonly [P in K]?: number } {
  const isUsable = typeof value === 'number' && Number.isFinite(value) && value >= 0;
  return isUsable ? ({ [name]: value } as { readonly [P in K]: number }) : {};
}

function toTime(value: unknown, i: number): number {
  const time = typeof value === 'string' && !/^\d+$/.test(value) ? Date.parse(value) : Number(value ?? Number.NaN);
  if (Number.isFinite(time)) return time;
  throw invalid(`events[${i}].occurred_at is ${JSON.stringify(value)}, not epoch milliseconds or an ISO 8601 time`);
}

function invalid(problem: string, cause?: unknown): TillsideError {
  return new TillsideError('input-invalid', `${problem}. Expected {"id","events":[{"item_id","type","occurred_at"}]}.`, cause);
}
