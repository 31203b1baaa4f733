// In: titles and prices. Out: groups of items that a shopper would take one of. Runs in Node.
import { type AlikePair, findAlike } from './alike-sets.js';
import { toTitleWords } from './title-words.js';
import { isSamePrice, learnVariantWords } from './variant-words.js';

/** From this share of common words on, what is left of two titles without variant words names the same thing. */
const SAME_NAME = 0.75;
/** Fewer words than this name a kind of thing, not a thing. */
const LEAST_NAME_WORDS = 2;
/** From this share of common words on, two titles of the same price name the same thing. */
const SAME_TITLE = 0.6;
/** Two groups become one when this share of the pairs between them is alike: a chain of likenesses alone does not join them. */
const LEAST_LINKED = 0.25;
/** Groups have 16 bits in a bundle. */
const MAX_GROUPS = 0xffff;

/**
 * Groups items by title. Titles that differ by variant words only go together, and so do titles that are mostly the same at the same
 * price; near ones first, and never through a chain of others alone.
 *
 * @param titles `[items]` @param prices `[items]` NaN where unknown
 * @returns `[items]` 1-based number of the group, 0 for an item that is in none
 */
export function toTitleGroups(titles: readonly (string | undefined)[], prices: ArrayLike<number>): Uint16Array {
  const words = titles.map((title) => (title === undefined ? [] : toTitleWords(title)));
  const isVariantWord = learnVariantWords(words, prices);
  const whole = words.map((each) => [...new Set(each)]);
  const names = whole.map((each) => each.filter((word) => !isVariantWord(word)));
  const named = findAlike(
    names.map((name) => (name.length < LEAST_NAME_WORDS ? [] : name)),
    SAME_NAME,
  );
  const priced = findAlike(whole, SAME_TITLE).filter(({ a, b }) => isSamePrice(prices[a] as number, prices[b] as number));
  return numberGroups(joinPairs([...named, ...priced], titles.length));
}

/** Agglomerates pairs, the most alike first. @returns `[items]` the members of each item's group */
function joinPairs(pairs: readonly AlikePair[], items: number): number[][] {
  const alike = Array.from({ length: items }, () => new Set<number>());
  for (const { a, b } of pairs) {
    alike[a]?.add(b);
    alike[b]?.add(a);
  }
  const groups = Array.from({ length: items }, (_, item) => [item]);
  const nearFirst = [...pairs].sort((p, q) => q.likeness - p.likeness || p.a - q.a || p.b - q.b);
  for (const { a, b } of nearFirst) {
    const into = groups[a] as number[];
    const from = groups[b] as number[];
    if (into === from) continue;
    const linked = from.reduce((sum, item) => sum + into.filter((other) => alike[item]?.has(other)).length, 0);
    if (linked < LEAST_LINKED * into.length * from.length) continue;
    into.push(...from);
    for (const item of from) groups[item] = into;
  }
  return groups;
}

function numberGroups(groups: readonly (readonly number[])[]): Uint16Array {
  const numbers = new Map<readonly number[], number>();
  return Uint16Array.from(groups, (members) => {
    if (members.length === 1) return 0;
    const number = numbers.get(members) ?? numbers.size + 1;
    if (number > MAX_GROUPS) return 0;
    numbers.set(members, number);
    return number;
  });
}
