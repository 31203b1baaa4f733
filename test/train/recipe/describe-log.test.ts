import { describe, expect, it } from 'vitest';
import { EVENT_TYPES, type EventType } from '../../../src/core/domain/event.js';
import { createEventLogBuilder, type EventRow } from '../../../src/train/input/event-log-builder.js';
import { describeLog } from '../../../src/train/recipe/describe-log.js';
import { aLog } from '../../support/a-log.js';

const VIEW = EVENT_TYPES.indexOf('view_item');

/** One session of views, its events at these times. */
function viewsAt(sessions: readonly (readonly number[])[], more: Partial<EventRow> = {}) {
  const builder = createEventLogBuilder();
  sessions.forEach((times, s) => {
    times.forEach((occurredAt, i) => {
      builder.add({ sessionId: `s${s}`, itemId: `i${i % 2}`, type: VIEW, occurredAt, ...more });
    });
  });
  return builder.finish();
}

/** Forty sessions of three events, each time made of session and event. */
function clockOf(timeOf: (session: number, event: number) => number) {
  return describeLog(viewsAt(Array.from({ length: 40 }, (_, s) => [0, 1, 2].map((e) => timeOf(s, e))))).clock;
}

describe('describeLog', () => {
  it('counts what a log holds', () => {
    const facts = describeLog(
      aLog([
        { visitor: 'v', events: ['a', 'b', 'a'] },
        { visitor: 'v', events: ['a'] },
        { visitor: 'w', events: ['c', 'b'] },
        { events: ['a'] },
      ]),
    );
    expect(facts).toMatchObject({ kind: 'carts', events: 7, sessions: 4, items: 3, pairedSessions: 2, days: 3 });
    expect(facts).toMatchObject({ meanLength: 7 / 4, medianLength: 2, eventsPerItem: 7 / 3 });
    // three events follow another of their session, one of them repeats an item
    expect(facts.repeats).toBeCloseTo(1 / 3);
    // one session of four follows a purchase of its visitor
    expect(facts).toMatchObject({ visitors: 3 / 4, history: 1 / 4, prices: 0, dwell: 0, types: { add_to_cart: 1 } });
  });

  it('finds earlier purchases only where something was bought', () => {
    const log = aLog([
      { visitor: 'v', events: ['view_item:a'] },
      { visitor: 'v', events: ['view_item:a', 'purchase:a'] },
      { visitor: 'v', events: ['view_item:b'] },
    ]);
    expect(describeLog(log)).toMatchObject({ kind: 'sessions', history: 1 / 3, types: { view_item: 3 / 4, purchase: 1 / 4 } });
  });

  it('counts the events that carry a value', () => {
    const facts = describeLog(viewsAt([[0, 1], [5]], { price: 2, dwellMs: 900 }));
    expect(facts).toMatchObject({ prices: 1, dwell: 1, scroll: 0 });
  });

  it('takes times that vary for measured ones', () => {
    expect(clockOf((s, e) => s * 9_000_000 + s ** 2 * 1000 + e ** 2 * 700)).toEqual({ within: 'real', starts: 'real' });
  });

  it('knows a counter: one step between all events of the file', () => {
    expect(clockOf((s, e) => (3 * s + e) * 10_000)).toEqual({ within: 'constant', starts: 'constant' });
  });

  it('knows sessions that follow each other at one step though they differ in length', () => {
    let at = 0;
    const sessions = Array.from({ length: 40 }, (_, s) => Array.from({ length: 1 + (s % 3) }, () => (at += 10_000)));
    expect(describeLog(viewsAt(sessions)).clock).toEqual({ within: 'constant', starts: 'constant' });
  });

  it('knows orders whose lines carry one time, and dates without an hour', () => {
    expect(clockOf((s) => s * 9_000_000 + s ** 2 * 1000)).toEqual({ within: 'one-time', starts: 'real' });
    expect(clockOf((s) => (s + (s % 3)) * 86_400_000)).toEqual({ within: 'one-time', starts: 'daily' });
  });

  it('says nothing of a clock by a few steps', () => {
    expect(describeLog(viewsAt([[0, 10], [20]])).clock).toEqual({ within: 'real', starts: 'real' });
  });

  it('describes a log without sessions', () => {
    expect(describeLog(createEventLogBuilder().finish())).toMatchObject({ events: 0, sessions: 0, meanLength: 0, days: 0 });
  });

  it('leaves out the types that do not occur', () => {
    const types: EventType[] = ['add_to_cart'];
    expect(Object.keys(describeLog(aLog([{ events: types.map((type) => `${type}:a`) }])).types)).toEqual(types);
  });
});
