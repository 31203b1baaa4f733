import { describe, expect, it } from 'vitest';
import { asLastSession, parseSessionLine } from '../../../src/train/commands/session-line.js';

const MINUTE = 60_000;
const UNTIL = Date.UTC(2026, 0, 1);
const parse = (text: string) => parseSessionLine(text, UNTIL);
const line = (events: unknown, id: unknown = 'x') => JSON.stringify({ id, events });
const event = (type: string, item_id: string, occurred_at: number | string) => ({ type, item_id, occurred_at });
const rolesOf = (...events: ReturnType<typeof event>[]) =>
  asLastSession(parse(line(events)).events).map(({ type, itemId }) => `${type} ${itemId}`);

describe('parseSessionLine', () => {
  it('reads ids, times and measures', () => {
    const more = { quantity: 2, price: 9.5, dwell_ms: 4000, scroll_depth: 0.5 };
    expect(parse(line([{ ...event('view_item', 'a', '1970-01-01T00:00:01Z'), ...more }], 7))).toEqual({
      id: 7,
      unknownTypes: 0,
      isInSeconds: false,
      events: [
        {
          eventId: 'event-0',
          type: 'view_item',
          itemId: 'a',
          occurredAt: 1000,
          quantity: 2,
          price: 9.5,
          dwellMs: 4000,
          scrollDepthRatio: 0.5,
        },
      ],
    });
  });

  it('leaves out events of unknown types and counts them', () => {
    expect(parse(line([event('teleport', 'a', 1), event('view_item', 'b', 1)]))).toMatchObject({
      unknownTypes: 1,
      events: [{ itemId: 'b' }],
    });
  });

  it('reads times that can only be seconds as training does, and a counter’s as they are', () => {
    const text = line([event('view_item', 'a', 1_700_000_000), event('view_item', 'b', '1700000060')]);
    const timesOf = ({ events }: ReturnType<typeof parse>) => events.map(({ occurredAt }) => occurredAt);
    expect(timesOf(parse(text))).toEqual([1_700_000_000_000, 1_700_000_060_000]);
    expect(parse(text).isInSeconds).toBe(true);
    const written = line([event('view_item', 'a', '1970-01-20T16:13:20Z')]);
    expect(timesOf(parse(written))).toEqual([Date.parse('1970-01-20T16:13:20Z')]);
    for (const until of [3_000_000_000, Number.NaN]) {
      expect(timesOf(parseSessionLine(text, until))).toEqual([1_700_000_000, 1_700_000_060]);
    }
  });

  it('keeps the order of the array, whatever the times', () => {
    expect(rolesOf(event('view_item', 'late', 9 * MINUTE), event('view_item', 'early', 1))).toEqual([
      'view_item late',
      'view_item early',
    ]);
  });

  it.each([
    ['{', /not JSON/],
    ['null', /"id" is not/],
    ['{"id":"x"}', /"events" is not an array/],
    [line([1]), /events\[0\] is not an object/],
    [line([event('view_item', 'a', 'soon')]), /occurred_at is "soon"/],
    [line([{ type: 'view_item', item_id: 'a' }]), /occurred_at is undefined/],
    [line([{ ...event('view_item', 'a', 1), item_id: {} }]), /item_id is not a string/],
    [
      line([event('view_item', 'a', 1_700_000_000), event('view_item', 'b', UNTIL)]),
      /1700000000, .* seconds .* 1767225600000, .* alike/,
    ],
  ])('refuses %s', (text, message) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({ code: 'input-invalid', message: expect.stringMatching(message) }),
    );
  });
});

describe('asLastSession', () => {
  it('reads a last run of purchases only as the lines of a cart, and leaves earlier purchases', () => {
    expect(
      rolesOf(event('purchase', 'old', 0), event('purchase', 'a', 31 * MINUTE), event('purchase', 'b', 61 * MINUTE)),
    ).toEqual(['purchase old', 'add_to_cart a', 'add_to_cart b']);
  });

  it('leaves purchases beside other events of the last run', () => {
    expect(rolesOf(event('view_item', 'a', 0), event('purchase', 'b', MINUTE))).toEqual(['view_item a', 'purchase b']);
  });

  it('leaves earlier events their role', () => {
    expect(rolesOf(event('view_item', 'a', 0), event('add_to_cart', 'b', 1), event('purchase', 'c', 31 * MINUTE))).toEqual([
      'view_item a',
      'add_to_cart b',
      'add_to_cart c',
    ]);
  });

  it('has nothing to do without events', () => expect(asLastSession([])).toEqual([]));
});
