// In: the catalogue. Out: which items a shopper would take for the same thing, and how alike titles are. Runs in Node.
import type { CatalogRow } from '../event-log.js';

/** What the figures read of the catalogue. */
export interface ItemLikeness {
  /** whether two items are variants of one, or their titles say nearly the same */
  isNearDuplicate(a: string, b: string): boolean;
  /** the same by other lights, so that no figure rests on one definition: six of ten words in common, whatever they say */
  isNearByWords(a: string, b: string): boolean;
  /** seven of ten runs of three characters in common, whatever the words */
  isNearByTrigrams(a: string, b: string): boolean;
  /** share of their titles' words that two items have in common, 0–1 */
  titleLikeness(a: string, b: string): number;
  /** first level of the category path, `undefined` where unknown */
  departmentOf(itemId: string): string | undefined;
}

/** From this share of common words on, what is left of two titles without words of variants names the same thing. */
const SAME_TITLE = 0.75;
/** From this share of all words on, titles are nearly the same. */
const NEAR_WORDS = 0.6;
/** From this share of all runs of three characters on, titles are nearly the same. */
const NEAR_TRIGRAMS = 0.7;
/** Fewer words than this name a kind of thing, not a thing. */
const LEAST_WORDS = 2;

/** Words that tell variants of one product apart. */
const VARIANT_WORDS = new Set(
  (
    'black white red blue green yellow pink purple violet orange brown grey gray ivory cream beige silver gold golden copper turquoise ' +
    'navy aqua lilac amber clear multi multicolour colour color coloured assorted asstd small medium large mini big xs s m l xl xxl ' +
    'of set pack box dark light pale'
  ).split(' '),
);

/** Each a set of numbers, ascending: millions of pairs of titles are compared. */
interface Words {
  readonly all: Uint32Array;
  readonly naming: Uint32Array;
  readonly trigrams: Uint32Array;
  readonly family: string;
}

/** @returns `undefined` where the catalogue has no titles and no variants: nothing can be said then */
export function createItemLikeness(catalog: readonly CatalogRow[]): ItemLikeness | undefined {
  if (!catalog.some(({ title, itemId, variantOf }) => title !== itemId || variantOf !== undefined)) return undefined;
  const rows = new Map(catalog.map((row) => [row.itemId, row]));
  const kept = new Map<string, Words>();
  const numbers = new Map<string, number>();
  const toNumbers = (texts: Iterable<string>) =>
    Uint32Array.from(new Set(texts), (text) => {
      const number = numbers.get(text) ?? numbers.size;
      numbers.set(text, number);
      return number;
    }).sort();
  const wordsOf = (itemId: string): Words => {
    const words = kept.get(itemId) ?? toWords(itemId, rows.get(itemId), toNumbers);
    kept.set(itemId, words);
    return words;
  };
  return {
    isNearDuplicate(a, b) {
      const [x, y] = [wordsOf(a), wordsOf(b)];
      if (x.family === y.family) return true;
      if (x.naming.length < LEAST_WORDS || y.naming.length < LEAST_WORDS) return false;
      return isAlike(x.naming, y.naming, SAME_TITLE);
    },
    isNearByWords: (a, b) => a === b || isAlike(wordsOf(a).all, wordsOf(b).all, NEAR_WORDS),
    isNearByTrigrams: (a, b) => a === b || isAlike(wordsOf(a).trigrams, wordsOf(b).trigrams, NEAR_TRIGRAMS),
    titleLikeness: (a, b) => jaccard(wordsOf(a).all, wordsOf(b).all),
    departmentOf: (itemId) => rows.get(itemId)?.category?.split(' > ')[0],
  };
}

function toWords(itemId: string, row: CatalogRow | undefined, toNumbers: (texts: Iterable<string>) => Uint32Array): Words {
  const title = row === undefined || row.title === row.itemId ? '' : row.title.toLowerCase();
  const spoken = title.match(/[\p{L}\p{N}]+/gu) ?? [];
  const all = new Set(spoken.map((word) => (word.length > 3 ? word.replace(/s$/, '') : word)));
  const naming = [...all].filter((word) => !VARIANT_WORDS.has(word) && !/^\d/.test(word));
  const line = ` ${spoken.join(' ')} `;
  const trigrams = Array.from({ length: Math.max(0, line.length - 2) }, (_, i) => line.slice(i, i + 3));
  return {
    all: toNumbers(all),
    naming: toNumbers(naming),
    trigrams: toNumbers(trigrams),
    family: row?.variantOf ?? itemId,
  };
}

/** Whether two sets have a share in common; sets of too different sizes cannot. @param share above 0 */
function isAlike(a: Uint32Array, b: Uint32Array, share: number): boolean {
  return Math.min(a.length, b.length) / Math.max(a.length, b.length) >= share && jaccard(a, b) >= share;
}

/** @see Jaccard 1912 */
function jaccard(a: Uint32Array, b: Uint32Array): number {
  let both = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [x, y] = [a[i] as number, b[j] as number];
    if (x === y) both++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  const either = a.length + b.length - both;
  return either === 0 ? 0 : both / either;
}
