// In: the vocabulary, the catalogue and a range of the log. Out: what rules, features and cards know of each row. Margins end here.
import type { ItemFacts } from '../../core/domain/item.js';
import { createItemColumns, type ItemColumns } from '../../core/model/item-facts.js';
import type { CatalogRow, EventLog, SessionRange } from '../event-log.js';
import { toItemFamilies } from './item-families.js';
import { merchandisingBoosts } from './merchandising-boost.js';
import { toTitleGroups } from './title-groups.js';
import type { Vocabulary } from './vocabulary.js';

/** What a bundle says of its items. */
export interface FittedItems {
  readonly columns: ItemColumns;
  /** `[count]` what a card shows of row i + 1 */
  readonly cards: readonly ItemFacts[];
  /** sku, gtin or product → row */
  readonly aliases: ReadonlyMap<string, number>;
}

/** Joins catalogue and log into the facts of a bundle. */
export function fitItems(vocabulary: Vocabulary, catalog: readonly CatalogRow[], logPrices: Float32Array): FittedItems {
  const { count, itemIds } = vocabulary;
  const catalogRows = new Map(catalog.map((row) => [row.itemId, row]));
  const rowOfId = new Map(itemIds.map((id, i) => [id, i + 1]));
  const boosts = merchandisingBoosts(catalog);
  const families = toItemFamilies(catalog, itemIds, rowOfId);
  const numberOfCategory = createNumbering();
  const numberOfBrand = createNumbering();
  const columns = createItemColumns(count);
  const cards = itemIds.map((itemId, i): ItemFacts => {
    const row = i + 1;
    const known = catalogRows.get(itemId);
    const boost = boosts.get(itemId);
    columns.price[row] = known?.price ?? (logPrices[row] as number);
    columns.category[row] = numberOfCategory(known?.category);
    columns.brand[row] = numberOfBrand(known?.brand);
    columns.popularity[row] = popularityBucket(row, vocabulary);
    columns.boost[row] = boost ?? 0;
    columns.available[row] = known?.availability === 'out_of_stock' ? 0 : 1;
    columns.family[row] = families.familyOf(row);
    return known ? toCard(known, boost) : { itemId };
  });
  const titles = cards.map(({ itemId, title }) => (title === itemId ? undefined : title));
  for (const [i, group] of toTitleGroups(titles, columns.price.subarray(1)).entries())
    if (group > 0) columns.group[i + 1] = count + group;
  return { columns, cards, aliases: families.aliases };
}

/** Median price paid for each row in a range of the log, NaN where there is none. `[count + 1]` */
export function medianPrices(log: EventLog, range: SessionRange, { rowOfItem, count }: Vocabulary): Float32Array {
  const paid: number[][] = Array.from({ length: count + 1 }, () => []);
  const end = log.sessionStarts[range.to] as number;
  for (let event = log.sessionStarts[range.from] as number; event < end; event++) {
    const price = log.price[event] as number;
    if (price > 0) paid[rowOfItem[log.item[event] as number] as number]?.push(price);
  }
  return Float32Array.from(paid, (prices) => prices.sort((a, b) => a - b)[prices.length >> 1] ?? Number.NaN);
}

/** 255 for the most popular row, falling with the logarithm of the rank: the head is where the differences are. 0 for what never sold. */
function popularityBucket(row: number, { count, sessions }: Vocabulary): number {
  if (sessions[row] === 0) return 0;
  return Math.max(1, Math.round(255 * (1 - Math.log(row) / Math.log(count + 1))));
}

/** Numbers distinct names from 1 in order of first use; 0 for no name and for more names than 16 bits hold. */
function createNumbering(): (name: string | undefined) => number {
  const numbers = new Map<string, number>();
  return (name) => {
    if (name === undefined || name === '') return 0;
    const number = numbers.get(name) ?? numbers.size + 1;
    if (number > 0xffff) return 0;
    numbers.set(name, number);
    return number;
  };
}

/** The card's part of a catalogue line: margin, sku and gtin stay behind. */
function toCard({ margin: _margin, sku: _sku, gtin: _gtin, ...facts }: CatalogRow, boost: -1 | 0 | 1 | undefined): ItemFacts {
  return boost === undefined ? facts : { ...facts, boost };
}
