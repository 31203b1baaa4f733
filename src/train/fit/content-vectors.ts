// In: the catalogue's words, categories, brands, prices and given vectors. Out: how alike any two rows are by what they are. Node, main thread.
import { topRows } from '../../core/model/top-rows.js';
import type { CatalogRow } from '../event-log.js';
import { createGivenVectors } from './given-vectors.js';

/** A row and how alike it is, 0–1. */
export interface SimilarRow {
  readonly row: number;
  readonly similarity: number;
}

/** What each row is, by its description alone. */
export interface ContentVectors {
  /** The 60 most similar rows, most similar first, ties by row; never the row itself, none that it has nothing in common with. */
  similarTo(row: number): readonly SimilarRow[];
}

/** A term of a row and its weight; rows are of length 1. */
type Terms = ReadonlyMap<number, number>;

const MOST_SIMILAR = 60;
/** A price band says little beside a word of the title. */
const PRICE_WEIGHT = 0.5;
const PRICE_BANDS = 12;
/** Share of the given vectors in the similarity of two rows that both have one. */
const GIVEN_SHARE = 0.5;
/** Terms of more rows than this tell little and would cost the square of the catalogue: they are passed over. */
const MOST_ROWS_OF_TERM = 4000;

/**
 * Describes each row by tf-idf over the words of its title, the levels of its category, its brand and its price band, blended with
 * the catalogue's given vectors where there are any.
 *
 * @param itemIds row i + 1 is itemIds[i]
 * @returns `undefined` where the catalogue describes nothing
 */
export function fitContentVectors(itemIds: readonly string[], catalog: readonly CatalogRow[]): ContentVectors | undefined {
  const rows = new Map(catalog.map((row) => [row.itemId, row]));
  const bandOf = priceBands(catalog);
  const terms = weighTerms(itemIds.map((itemId) => termsOf(rows.get(itemId), bandOf)));
  const given = createGivenVectors(itemIds, rows);
  if (given === undefined && terms.every((each) => each.size === 0)) return undefined;
  const likenessTo = createTermSearch(terms);
  const kept = new Map<number, readonly SimilarRow[]>();
  const search = (row: number): readonly SimilarRow[] => {
    const scores = likenessTo(row);
    if (given?.has(row)) {
      for (const other of given.rows) {
        const likeness = Math.max(0, given.cosine(row, other));
        scores[other] = (1 - GIVEN_SHARE) * (scores[other] as number) + GIVEN_SHARE * likeness;
      }
    }
    scores[row] = 0;
    return topRows(scores, MOST_SIMILAR).map((other) => ({ row: other, similarity: Math.min(1, scores[other] as number) }));
  };
  return {
    similarTo(row) {
      const similar = kept.get(row) ?? search(row);
      kept.set(row, similar);
      return similar;
    },
  };
}

/** Makes the function that gives the cosine of a row's terms with those of every row, `[count + 1]`; the next call overwrites it. */
function createTermSearch(terms: readonly Terms[]): (row: number) => Float32Array {
  const rowsOfTerm = new Map<number, { readonly row: number; readonly weight: number }[]>();
  for (const [i, weights] of terms.entries()) {
    for (const [term, weight] of weights) {
      const known = rowsOfTerm.get(term);
      if (known === undefined) rowsOfTerm.set(term, [{ row: i + 1, weight }]);
      else known.push({ row: i + 1, weight });
    }
  }
  const scores = new Float32Array(terms.length + 1);
  return (row) => {
    scores.fill(0);
    for (const [term, weight] of terms[row - 1] ?? []) {
      const found = rowsOfTerm.get(term) ?? [];
      if (found.length > MOST_ROWS_OF_TERM) continue;
      for (const other of found) scores[other.row] = (scores[other.row] as number) + weight * other.weight;
    }
    return scores;
  };
}

/** The words of a title, lower case and without the plural s; scripts without blanks between words as pairs of characters. */
export function wordsOf(title: string): Set<string> {
  const words = new Set<string>();
  for (const run of title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    if (!/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(run)) {
      words.add(run.length > 3 ? run.replace(/s$/, '') : run);
    } else {
      const characters = [...run];
      for (let i = 0; i < Math.max(1, characters.length - 1); i++) words.add(characters.slice(i, i + 2).join(''));
    }
  }
  return words;
}

/** Names of terms with the weight of their kind; a title that only repeats the id says nothing. */
function termsOf(row: CatalogRow | undefined, bandOf: (price: number) => number): Map<string, number> {
  const terms = new Map<string, number>();
  if (row === undefined) return terms;
  const { itemId, title, category, brand, price } = row;
  if (title !== itemId) for (const word of wordsOf(title)) terms.set(`w ${word}`, 1);
  const levels = category?.split('>').map((level) => level.trim().toLowerCase()) ?? [];
  for (let depth = 1; depth <= levels.length; depth++) terms.set(`c ${levels.slice(0, depth).join('>')}`, 1);
  if (brand !== undefined) terms.set(`b ${brand.trim().toLowerCase()}`, 1);
  if (price !== undefined && terms.size > 0) terms.set(`p ${bandOf(price)}`, PRICE_WEIGHT);
  return terms;
}

/** Quantile of a price among all, 0 … PRICE_BANDS − 1. */
function priceBands(catalog: readonly CatalogRow[]): (price: number) => number {
  const sorted = Float64Array.from(catalog.flatMap(({ price }) => price ?? [])).sort();
  const limits = Array.from({ length: PRICE_BANDS - 1 }, (_, i) =>
    Number(sorted[Math.floor(((i + 1) * sorted.length) / PRICE_BANDS)]),
  );
  return (price) => limits.filter((limit) => price >= limit).length;
}

/** tf-idf, each row of length 1. A term of one row is left out: nobody shares it. */
function weighTerms(named: readonly ReadonlyMap<string, number>[]): Terms[] {
  const counts = new Map<string, number>();
  for (const terms of named) for (const term of terms.keys()) counts.set(term, (counts.get(term) ?? 0) + 1);
  const numbers = new Map<string, number>();
  for (const [term, count] of counts) if (count > 1) numbers.set(term, numbers.size);
  return named.map((terms) => {
    const weighted = [...terms].flatMap(([term, weight]): [number, number][] => {
      const number = numbers.get(term);
      return number === undefined ? [] : [[number, weight * Math.log(named.length / (counts.get(term) as number))]];
    });
    const length = Math.hypot(...weighted.map(([, weight]) => weight));
    return new Map(length > 0 ? weighted.map(([term, weight]) => [term, weight / length]) : []);
  });
}
