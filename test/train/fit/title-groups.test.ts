import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findAlike } from '../../../src/train/fit/alike-sets.js';
import { toTitleGroups } from '../../../src/train/fit/title-groups.js';
import { toTitleWords } from '../../../src/train/fit/title-words.js';
import { learnVariantWords } from '../../../src/train/fit/variant-words.js';

/** Whether two titles at these prices end in one group, beside nothing else. */
function areTogether(a: string, b: string, prices = [2, 2]): boolean {
  const [x, y] = toTitleGroups([a, b], prices);
  return x !== 0 && x === y;
}

describe('title words', () => {
  it('are lower case, without accents and plural, in any script', () => {
    expect(toTitleWords('3 CAFÉ Tasses, groß')).toEqual(['3', 'cafe', 'tasse', 'gros']);
    expect(toTitleWords('赤いマグカップ').length).toBeGreaterThan(1);
  });
});

describe('title groups', () => {
  it.each([
    ['RED RETROSPOT CHARLOTTE BAG', 'Charlotte bag retrospot, blue'], // a colour
    ['Set of 6 large spice tins', 'SET OF 3 SMALL SPICE TINS'], // a size and a number
    ['Wasserkocher Nostalgie rot', 'Wasserkocher Nostalgie, blau 1,7l'],
    ['Tasse émaillée verte', 'Tasse emaillée bleue'],
    ['Hot water bottle babushka', 'Hot water bottle chocolate'], // mostly the same, at one price
  ])('hold "%s" and "%s"', (a, b) => expect(areTogether(a, b)).toBe(true));

  it.each([
    ['Red bag', 'Blue bag'], // one word names a kind of thing
    ['Regency tea plate', 'Regency cake stand'],
    ['', ''],
  ])('do not hold "%s" and "%s"', (a, b) => expect(areTogether(a, b)).toBe(false));

  it('tell things of one range apart by their price', () => {
    const [mug, plate] = ['Vintage red enamel trim mug', 'Vintage red enamel trim plate'] as const;
    expect(areTogether(mug, plate, [1.25, 1.65])).toBe(false);
    expect(areTogether(mug, plate, [1.25, Number.NaN])).toBe(false);
  });

  it('number from 1 on, with 0 for an item alone or without a title', () => {
    const titles = ['Felt owl kit red', 'Tin', undefined, 'Felt owl kit blue', 'Wicker heart small', 'Wicker heart large'];
    expect([...toTitleGroups(titles, [2, 1, 1, 2, 1, 3])]).toEqual([1, 0, 0, 1, 2, 2]);
  });

  it('do not grow along a chain of titles that each differ a little', () => {
    const words = Array.from({ length: 24 }, (_, i) => `word${String.fromCharCode(97 + i)}`);
    const chain = Array.from({ length: 20 }, (_, i) => words.slice(i, i + 5).join(' '));
    const groups = toTitleGroups(
      chain,
      chain.map(() => 1),
    );
    const largest = Math.max(...groups.map((group) => groups.filter((other) => other === group).length));
    expect(largest).toBeGreaterThan(1);
    expect(largest).toBeLessThan(chain.length / 2);
  });

  it('leave alone what is called the same by hundreds, and take seconds for 20,000 titles', () => {
    const titles = Array.from({ length: 20_000 }, (_, i) =>
      i < 1000 ? `Cotton shirt basic ${i}` : `thing${i >> 1} range${i % 97} red`,
    );
    const startedAt = performance.now();
    const groups = toTitleGroups(
      titles,
      titles.map(() => 5),
    );
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    expect(groups.slice(0, 1000).every((group) => group === 0)).toBe(true);
  });
});

describe('variant words', () => {
  const bags = ['spaceboy', 'suki', 'doily'].flatMap((design) =>
    ['lunch bag', 'jumbo bag', 'wash bag', 'charlotte bag'].map((bag) => ({ title: `${bag} ${design}`, price: bag.length })),
  );
  const ranges = ['mug', 'plate', 'jug', 'bowl'].flatMap((thing, i) =>
    ['enamel', 'regency', 'willow', 'gingham'].map((range, j) => ({ title: `${range} trim ${thing}`, price: 1.5 ** i + j / 50 })),
  );
  const known = [...bags, ...ranges];
  const isVariantWord = learnVariantWords(
    known.map(({ title }) => toTitleWords(title)),
    known.map(({ price }) => price),
  );

  it('are learnt where words are exchanged at one price', () => {
    expect(['spaceboy', 'suki', 'doily'].map(isVariantWord)).toEqual([true, true, true]);
  });

  it('are not things, which differ in price', () => {
    expect(['mug', 'plate', 'jug', 'bowl', 'bag'].map(isVariantWord)).toEqual([false, false, false, false, false]);
  });

  it('are colours, sizes and numbers in any catalogue', () => {
    expect(toTitleWords('red rouge groß 60cm 12').map(learnVariantWords([], []))).toEqual([true, true, true, true, true]);
  });
});

it('finds exactly the pairs of sets that a comparison of all with all finds', () => {
  const word = fc.constantFrom(...'abcdefghij');
  fc.assert(
    fc.property(
      fc.array(fc.uniqueArray(word, { maxLength: 6 }), { maxLength: 15 }),
      fc.constantFrom(0.5, 0.6, 0.75, 1),
      (sets, least) => {
        const expected: string[] = [];
        for (let b = 0; b < sets.length; b++) {
          for (let a = 0; a < b; a++) {
            const both = (sets[a] as string[]).filter((each) => sets[b]?.includes(each)).length;
            if (both > 0 && both / ((sets[a] as string[]).length + (sets[b] as string[]).length - both) >= least)
              expected.push(`${a} ${b}`);
          }
        }
        const found = findAlike(sets, least).map(({ a, b }) => `${a} ${b}`);
        expect(found.sort()).toEqual(expected.sort());
      },
    ),
  );
});
