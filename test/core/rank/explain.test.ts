import { expect, it } from 'vitest';
import { type Evidence, explain } from '../../../src/core/rank/explain.js';

const nothing: Evidence = { isPinned: false, wasViewed: false, wasStudied: false, wasBought: false, isOfCartCategory: false };
const cup = { itemId: 'cup', title: 'Cup' };

it('gives the reason of the signal that moved the score most', () => {
  const evidence = { ...nothing, boughtWith: cup, wasViewed: true };
  const dwellFirst = [
    { signal: 'dwell', contribution: 2 },
    { signal: 'cart', contribution: 1 },
  ] as const;
  const cartFirst = [
    { signal: 'cart', contribution: 2 },
    { signal: 'dwell', contribution: 1 },
  ] as const;
  expect(explain(dwellFirst, evidence, 'session')).toEqual({ code: 'you-looked-at-this' });
  expect(explain(dwellFirst, { ...evidence, wasStudied: true }, 'session')).toEqual({ code: 'you-spent-time-on-this' });
  expect(explain(cartFirst, evidence, 'session')).toEqual({ code: 'often-bought-with', ...cup });
});

it('speaks of the cart only unless the shop opts in to more', () => {
  const evidence = { ...nothing, boughtWith: cup, wasViewed: true, wasBought: true };
  const parts = [
    { signal: 'dwell', contribution: 2 },
    { signal: 'history', contribution: 1 },
    { signal: 'cart', contribution: 0.1 },
  ] as const;
  expect(explain(parts, evidence, 'cart').code).toBe('often-bought-with');
});

it('never claims what is not known to be true', () => {
  const parts = [
    { signal: 'cart', contribution: 2 },
    { signal: 'dwell', contribution: 1 },
    { signal: 'history', contribution: 1 },
  ] as const;
  expect(explain(parts, nothing, 'session')).toEqual({ code: 'popular' });
});

it('says of what only the catalogue suggests that it goes with a cart item, not that it is bought with it', () => {
  const parts = [{ signal: 'cart', contribution: 2 }] as const;
  expect(explain(parts, { ...nothing, goesWith: cup }, 'cart')).toEqual({ code: 'goes-with', ...cup });
  expect(explain([], { ...nothing, goesWith: cup }, 'cart').code).toBe('goes-with');
  expect(explain(parts, { ...nothing, goesWith: cup, boughtWith: cup }, 'cart').code).toBe('often-bought-with');
  expect(explain(parts, { ...nothing, goesWith: { itemId: 'cup', title: undefined } }, 'cart')).toEqual({ code: 'popular' });
});

it('leaves out a signal that spoke against the item', () => {
  const evidence = { ...nothing, boughtWith: cup, wasViewed: true };
  expect(
    explain(
      [
        { signal: 'cart', contribution: 1 },
        { signal: 'dwell', contribution: -3 },
      ],
      evidence,
      'session',
    ).code,
  ).toBe('often-bought-with');
});

it('says that the shop picked a pinned item', () => {
  expect(explain([{ signal: 'cart', contribution: 2 }], { ...nothing, isPinned: true, boughtWith: cup }, 'cart').code).toBe(
    'picked-by-shop',
  );
});
