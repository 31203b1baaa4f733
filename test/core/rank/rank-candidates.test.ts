import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemFacts } from '../../../src/core/domain/item.js';
import type { Rules } from '../../../src/core/domain/slate.js';
import type { RuleContext } from '../../../src/core/rank/apply-rules.js';
import type { RankCandidate } from '../../../src/core/rank/candidate.js';
import { rankCandidates } from '../../../src/core/rank/rank-candidates.js';

const emptyContext: RuleContext = { cart: new Map(), activity: new Map(), dismissed: new Set() };
const sameCategory = (a: RankCandidate, b: RankCandidate) => (a.item.category === b.item.category ? 1 : 0);

function candidates(...items: (ItemFacts & Pick<RankCandidate, 'score' | 'kin' | 'family'>)[]): RankCandidate[] {
  return items.map(({ score, kin, family, ...item }, i) => ({ item, kin, family, score, order: i + 1 }));
}
function rank(entries: RankCandidate[], rules: Rules = {}, over: { size?: number; context?: Partial<RuleContext> } = {}) {
  const context = { ...emptyContext, ...over.context };
  return rankCandidates(entries, { rules, size: over.size ?? 10, context, similarity: sameCategory }).map(
    ({ item }) => item.itemId,
  );
}
const abc = candidates(
  { itemId: 'a', score: 3, category: 'x', price: 5 },
  { itemId: 'b', score: 2, category: 'x > y', price: 10 },
  { itemId: 'c', score: 1, category: 'z' },
);

describe('rules', () => {
  const inCart = { cart: new Map([['a', { itemId: 'a', quantity: 1 }]]) };
  const kinOfCart = candidates(
    { itemId: 'a', kin: 'variant', score: 9 },
    { itemId: 'a-red', kin: 'variant', score: 8 },
    { itemId: 'like-a', kin: 'similar', score: 7 },
    ...['b', 'c', 'd', 'e', 'f'].map((itemId, i) => ({ itemId, score: 5 - i })),
  );

  it('gives a place to the best variant of a product, and to the others after everything else', () => {
    const shirts = candidates(
      { itemId: 'red', family: 1, score: 9 },
      { itemId: 'blue', family: 1, score: 8 },
      { itemId: 'hat', family: 4, score: 7 },
      { itemId: 'green', family: 1, score: 6 },
      { itemId: 'scarf', score: 5 },
      { itemId: 'belt', score: 4 },
    );
    expect(rank(shirts)).toEqual(['red', 'hat', 'scarf', 'belt', 'blue', 'green']);
    expect(rank(shirts, { exclude: 'none' }, { size: 2 })).toEqual(['red', 'blue']);
    expect(rank(shirts, { pin: ['green'] }, { size: 3 })).toEqual(['green', 'hat', 'scarf']);
  });

  it('never suggests what is in the cart, nor a variant of it', () => {
    for (const nearDuplicates of ['exclude', 'after', 'keep'] as const) {
      const slate = rank(kinOfCart, { nearDuplicates }, { context: inCart });
      expect(slate).not.toContain('a');
      expect(slate).not.toContain('a-red');
    }
  });

  it('suggests no near-duplicate of what is in the cart, or only after four others, or like any other item', () => {
    const slateOf = (rules: Rules) => rank(kinOfCart, rules, { context: inCart }).join(' ');
    expect(slateOf({ nearDuplicates: 'exclude' })).toBe('b c d e f');
    expect(slateOf({ nearDuplicates: 'after' })).toBe('b c d e like-a f');
    expect(slateOf({ nearDuplicates: 'keep' })).toBe('like-a b c d e f');
  });

  it('leaves out what "shown" and "none" say, and nothing else, unless told to', () => {
    const slateOf = (rules: Rules) => rank(kinOfCart, rules, { context: inCart }).join(' ');
    expect(slateOf({ exclude: 'none' })).toBe('a a-red like-a b c d e f');
    expect(slateOf({ exclude: 'shown' })).toBe('a-red like-a b c d e f');
    expect(slateOf({ exclude: 'shown', nearDuplicates: 'exclude' })).toBe('b c d e f');
    expect(slateOf({ exclude: 'none', nearDuplicates: 'after' })).toBe('b c d e a a-red like-a f');
  });

  it('lets a pin stand above likeness, not above the cart and its variants', () => {
    const pin = ['like-a', 'a-red', 'a'];
    expect(rank(kinOfCart, { pin, nearDuplicates: 'exclude' }, { context: inCart })).toEqual(['like-a', 'b', 'c', 'd', 'e', 'f']);
    expect(rank(kinOfCart, { pin, nearDuplicates: 'after' }, { context: inCart })).toEqual(['like-a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('leaves out what the session has shown when asked to', () => {
    expect(rank(abc, { exclude: 'shown' }, { context: { activity: new Map([['b', {}]]) } })).toEqual(['a', 'c']);
  });

  it('never suggests what is out of stock, pinned or not', () => {
    const entries = candidates(
      { itemId: 'a', score: 2, availability: 'out_of_stock' },
      { itemId: 'b', score: 1, availability: 'in_stock' },
    );
    expect(rank(entries, { pin: ['a'] })).toEqual(['b']);
  });

  it('holds the price band, and leaves unpriced items out of it', () => {
    expect(rank(abc, { minPrice: 6 })).toEqual(['b']);
    expect(rank(abc, { maxPrice: 6 })).toEqual(['a']);
  });

  it('reads a category as itself and all below it', () => {
    expect(rank(abc, { includeCategories: ['x'] })).toEqual(['a', 'b']);
    expect(rank(abc, { excludeCategories: ['x'] })).toEqual(['c']);
    expect(rank(abc, { excludeCategories: ['x > y'] })).toEqual(['a', 'c']);
  });

  it('pins first in the given order and buries last', () => {
    expect(rank(abc, { pin: ['c', 'b'], bury: ['a'] })).toEqual(['c', 'b', 'a']);
  });

  it('buries only when nothing else is left for the slate', () => {
    expect(rank(abc, { bury: ['a'] }, { size: 2 })).toEqual(['b', 'c']);
  });

  it('caps a category', () => {
    const entries = candidates(
      { itemId: 'a', score: 3, category: 'x' },
      { itemId: 'b', score: 2, category: 'x' },
      { itemId: 'c', score: 1, category: 'z' },
    );
    expect(rank(entries, { maxPerCategory: 1 })).toEqual(['a', 'c']);
  });

  it('lets an item that closes the free-shipping gap pass a near-equal, not a better one', () => {
    const entries = candidates(
      { itemId: 'a', score: 100, price: 2 },
      { itemId: 'b', score: 99, price: 12 },
      { itemId: 'c', score: 0, price: 12 },
    );
    expect(rank(entries, { freeShippingGap: 10 })).toEqual(['b', 'a', 'c']);
  });

  it('drops what the shopper dismissed and what is not finite', () => {
    expect(
      rank([...abc, ...candidates({ itemId: 'n', score: Number.NaN })], {}, { context: { dismissed: new Set(['b']) } }),
    ).toEqual(['a', 'c']);
  });
});

describe('diversity', () => {
  const entries = candidates(
    { itemId: 'a', score: 3, category: 'x' },
    { itemId: 'b', score: 2.9, category: 'x' },
    { itemId: 'c', score: 1, category: 'z' },
  );

  it('is off by default', () => {
    expect(rank(entries)).toEqual(['a', 'b', 'c']);
  });

  it('brings the unlike forward', () => {
    expect(rank(entries, { diversity: 0.7 })).toEqual(['a', 'c', 'b']);
  });
});

it('never repeats an item, obeys size and rules, and does not depend on the order of its input', () => {
  const entry = fc.record({
    id: fc.integer({ min: 0, max: 30 }),
    score: fc.integer({ min: -3, max: 3 }),
    category: fc.constantFrom('x', 'y', 'z'),
    price: fc.integer({ min: 1, max: 20 }),
    isOut: fc.boolean(),
    kin: fc.constantFrom(undefined, 'variant' as const, 'similar' as const),
  });
  const anyRules = fc.record({
    maxPrice: fc.integer({ min: 1, max: 20 }),
    maxPerCategory: fc.integer({ min: 1, max: 4 }),
    diversity: fc.constantFrom(0, 0.3, 1),
    exclude: fc.constantFrom('none' as const, 'cart' as const, 'shown' as const),
    nearDuplicates: fc.constantFrom(undefined, 'exclude' as const, 'after' as const, 'keep' as const),
    pin: fc.array(fc.integer({ min: 0, max: 30 }).map(String), { maxLength: 2 }),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(entry, { selector: ({ id }) => id }),
      anyRules,
      fc.integer({ min: 1, max: 8 }),
      (entries, { nearDuplicates, ...others }, size) => {
        const rules: Rules & { maxPrice: number } = { ...others, ...(nearDuplicates && { nearDuplicates }) };
        const all = entries.map(({ id, score, isOut, kin, ...facts }): RankCandidate => {
          return {
            kin,
            item: { itemId: String(id), availability: isOut ? 'out_of_stock' : 'in_stock', ...facts },
            score,
            order: id,
          };
        });
        const slate = rank(all, rules, { size });
        expect(new Set(slate).size).toBe(slate.length);
        expect(slate.length).toBeLessThanOrEqual(size);
        for (const itemId of slate) {
          const { item } = all.find((candidate) => candidate.item.itemId === itemId) as RankCandidate;
          expect(item.availability).toBe('in_stock');
          expect(item.price).toBeLessThanOrEqual(rules.maxPrice);
        }
        expect(rank(all.toReversed(), rules, { size })).toEqual(slate);
      },
    ),
  );
});

it('holds the first four places free of near-duplicates wherever they come after, and loses none of the items', () => {
  const entry = fc.record({
    score: fc.integer({ min: -3, max: 3 }),
    kin: fc.constantFrom(undefined, undefined, 'variant' as const, 'similar' as const),
  });
  fc.assert(
    fc.property(
      fc.array(entry, { maxLength: 20 }),
      fc.constantFrom(0, 0.5),
      fc.integer({ min: 1, max: 12 }),
      (entries, diversity, size) => {
        const all = entries.map(({ score, kin }, i) => ({ item: { itemId: String(i) }, kin, score, order: i }));
        const kinOf = new Map(all.map(({ item, kin }) => [item.itemId, kin]));
        const complements = all.filter(({ kin }) => !kin).length;
        const slate = rank(all, { exclude: 'none', nearDuplicates: 'after', diversity }, { size });
        expect(slate).toHaveLength(Math.min(size, all.length));
        for (const itemId of slate.slice(0, Math.min(4, complements))) expect(kinOf.get(itemId)).toBeUndefined();
        expect(rank(all, { nearDuplicates: 'exclude', diversity }, { size })).toHaveLength(Math.min(size, complements));
      },
    ),
  );
});

it('puts a pin first that the shop names twice', () => {
  const all = [0, 1, 2].map((order) => ({ item: { itemId: String(order) }, score: 0, order }));
  expect(rank(all, { pin: ['2', '2'] }, { size: 1 })).toEqual(['2']);
});

it('starts a slate of many as it would a slate of few, though it looks at fewer candidates for that', () => {
  const entry = fc.record({
    score: fc.integer({ min: -3, max: 9 }),
    family: fc.constantFrom(undefined, 1, 2, 3),
    price: fc.integer({ min: 1, max: 20 }),
    kin: fc.constantFrom(undefined, undefined, 'variant' as const, 'similar' as const),
  });
  const places = fc.array(fc.integer({ min: 0, max: 25 }).map(String), { maxLength: 3 });
  const anyRules = fc.record({
    exclude: fc.constantFrom('none' as const, 'cart' as const, 'shown' as const),
    nearDuplicates: fc.constantFrom('exclude' as const, 'keep' as const),
    maxPrice: fc.integer({ min: 8, max: 20 }),
    pin: places,
    bury: places,
  });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 25 }), anyRules, fc.integer({ min: 1, max: 6 }), (entries, rules, size) => {
      const looked = new Set<number>();
      const all = entries.map(({ score, family, kin, price }, order): RankCandidate => {
        return {
          get item() {
            looked.add(order);
            return { itemId: String(order), price };
          },
          family,
          kin,
          score,
          order,
        };
      });
      const few = rank(all, rules, { size });
      const lookedAt = looked.size;
      expect(few).toEqual(rank(all, rules, { size: 100 }).slice(0, size));
      expect(lookedAt).toBeLessThanOrEqual(looked.size);
    }),
  );
  const alike = Array.from({ length: 200 }, (_, order) => {
    return { item: { itemId: String(order) }, score: -order, order };
  });
  let looks = 0;
  const counted = alike.map((each) => ({
    ...each,
    get item() {
      looks++;
      return each.item;
    },
  }));
  expect(rank(counted, {}, { size: 4 })).toEqual(['0', '1', '2', '3']);
  expect(looks).toBeLessThan(40);
});
