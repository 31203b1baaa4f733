import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../../../src/core/domain/event.js';
import { whyNotEvent } from '../../../src/core/engine/why-not-event.js';

const GIVEN = { eventId: 'event-1', occurredAt: 1 };
/** As the page gives it an id and a time. */
const whyNot = (event: unknown) => whyNotEvent(Object(event) === event ? { ...(event as object), ...GIVEN } : event);

describe('an event to keep', () => {
  it.each([
    [{ type: 'view_item', itemId: 'a' }],
    [{ type: 'view_item_list', listId: 'lamps' }],
    [{ type: 'add_to_cart', itemId: 'a', quantity: 2, price: 9.5, currency: 'GBP' }],
    [{ type: 'update_cart', itemId: 'a', quantity: 0 }],
    [{ type: 'view_cart', items: [{ itemId: 'a', quantity: 1, price: 2 }] }],
    [{ type: 'purchase' }],
    [{ type: 'search', tokens: ['0123456789abcdef'] }],
    [{ type: 'impression', itemId: 'a', listId: 'slate', position: 1 }],
    [{ type: 'dwell', itemId: 'a', dwellMs: 12 }],
    [{ type: 'scroll', itemId: 'a', scrollDepthRatio: 0.5 }],
    [{ type: 'view_item', itemId: 'a', price: undefined }],
  ])('is %j', (event) => expect(whyNot(event)).toBeUndefined());

  it.each([
    [null, 'The event is null. Pass an object with a type.'],
    [{}, /^type is undefined\. Pass one of view_item, /],
    [{ type: 'constructor' }, /^type is "constructor"\. Pass one of /],
    [{ type: 'add_to_cart' }, 'itemId is undefined. Pass a string of 1–128 characters.'],
    [{ type: 'add_to_cart', itemId: 7 }, 'itemId is 7. Pass a string of 1–128 characters.'],
    [{ type: 'add_to_cart', itemId: 'a', quantity: 1.5 }, 'quantity is 1.5. Pass a whole number from 0 to 1000000.'],
    [{ type: 'add_to_cart', itemId: 'a', price: '9.50' }, 'price is "9.50". Pass a number from 0 to 1000000000.'],
    [{ type: 'add_to_cart', itemId: 'a', price: Number.NaN }, /^price is null/],
    [{ type: 'add_to_cart', itemId: 'a', currency: ['GBP'] }, /^currency is \["GBP"\]/],
    [{ type: 'update_cart', itemId: 'a' }, /^quantity is undefined/],
    [{ type: 'dwell', itemId: 'a', dwellMs: -1 }, /^dwellMs is -1/],
    [{ type: 'scroll', itemId: 'a', scrollDepthRatio: 1.1 }, /^scrollDepthRatio is 1.1/],
    [{ type: 'view_cart', items: [{ itemId: 'a', quantity: 0 }] }, /^items is /],
    [{ type: 'view_cart', items: [{ itemId: 'a', quantity: 1, note: 'x' }] }, /^items is /],
    [{ type: 'search', tokens: ['red lamp'] }, /never the words/],
    [{ type: 'view_item', itemId: 'a', email: 'x@example.com' }, 'email is not a field of an event. Leave it out.'],
    [{ type: 'view_item', itemId: 'a', sessionId: 's' }, 'sessionId is not a field of an event. Leave it out.'],
    [JSON.parse('{"type":"purchase","__proto__":{}}'), /^__proto__ is not a field/],
  ])('is not %j, and the refusal names field, value and remedy', (event, message) => {
    expect(whyNot(event)).toMatch(message);
  });

  it('has an id and a time', () => {
    const event = { type: 'purchase', ...GIVEN };
    expect(whyNotEvent({ ...event, eventId: undefined })).toBe('eventId is undefined. Pass a string of 1–128 characters.');
    expect(whyNotEvent({ ...event, occurredAt: 'now' })).toBe('occurredAt is "now". Pass epoch ms.');
  });

  it('keeps a refusal short however long the value is', () => {
    expect(whyNot({ type: 'view_item', itemId: 'x'.repeat(1e6) })?.length).toBeLessThan(200);
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true, withMap: true }), (value) => {
        expect(typeof whyNotEvent(value)).toBe('string');
      }),
    );
  });

  it('has no field beyond those of the contract, whatever else it was given', () => {
    const event = fc.record({ type: fc.constantFrom(...EVENT_TYPES), itemId: fc.constant('a') });
    const extra = fc.dictionary(fc.string({ minLength: 1 }), fc.anything(), { minKeys: 1 });
    const known =
      /^(eventId|occurredAt|type|itemId|quantity|price|currency|dwellMs|scrollDepthRatio|listId|position|items|tokens)$/;
    fc.assert(
      fc.property(event, extra, (base, more) => {
        const hasStranger = Object.keys(more).some((name) => !known.test(name));
        expect(whyNot({ ...more, ...base }) === undefined && hasStranger).toBe(false);
      }),
    );
  });
});
