import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anything,
  integer,
  list,
  number,
  object,
  oneOf,
  optional,
  readShape,
  record,
  text,
  tryRead,
} from '../../src/core/shape.js';

interface Cup {
  readonly size: number;
  readonly glaze?: string;
}
const cup = object<Cup>({ size: integer(1, 9), glaze: optional(text(/^.{1,4}$/s)) });
const shelf = object<{ cups: Cup[] }>({ cups: list(cup, 2) });
const whyNot = (value: unknown): string => {
  try {
    readShape(shelf, value, (what) => new Error(what));
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a shape', () => {
  it('names the place and the value that are wrong', () => {
    expect(whyNot({ cups: [{ size: 1 }, { size: -1 }] })).toBe('"cups.1.size" is -1');
    expect(whyNot({ cups: [{ size: 1, glaze: 'x'.repeat(1_000) }] })).toBe(`"cups.0.glaze" is "${'x'.repeat(40)}"`);
    expect(whyNot({ cups: [1, 2, 3] })).toBe('"cups" is an object');
    expect(whyNot({})).toBe('"cups" is undefined');
    expect(whyNot(null)).toBe('"it" is null');
  });

  it('copies what it knows and leaves out the rest', () => {
    const given = { size: 3, glaze: undefined, price: 7 };
    expect(tryRead(cup, given)).toStrictEqual({ size: 3 });
  });

  it('sees own members only, and makes none on a prototype', () => {
    expect(tryRead(cup, Object.create({ size: 3 }))).toBeUndefined();
    const read = tryRead(record, JSON.parse('{"__proto__":{"polluted":1}}'));
    expect([read && Object.keys(read), ({} as { polluted?: unknown }).polluted]).toEqual([['__proto__'], undefined]);
    expect(tryRead(cup, JSON.parse('{"size":3,"__proto__":{"polluted":1}}'))).toStrictEqual({ size: 3 });
  });

  it('takes finite numbers in its range only', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '1', null, undefined, 1n]) {
      expect([tryRead(number(), value), tryRead(integer(), value)]).toEqual([undefined, undefined]);
    }
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.integer(), fc.nat(), (value, min, span) => {
        expect(tryRead(number(min, min + span), value)).toBe(value >= min && value <= min + span ? value : undefined);
        expect(tryRead(integer(min), value)).toBe(Number.isSafeInteger(value) && value >= min ? value : undefined);
      }),
    );
  });

  it('answers any value, and only ever with one that it answers again', () => {
    const shapes = [cup, shelf, list(anything, 3, 1), oneOf<string | number>('a', 1), record, optional(text())];
    fc.assert(
      fc.property(
        fc.constantFrom<(value: unknown) => unknown>(...shapes),
        fc.anything({ withNullPrototype: true }),
        (shape, value) => {
          const read = tryRead(shape, value);
          if (read !== undefined) expect(tryRead(shape, read)).toStrictEqual(read);
        },
      ),
    );
  });
});
