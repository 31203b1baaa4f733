import type { ItemFacts } from '../domain/item.js';
import { encodeCatalog, parseColumns, readCatalog } from './catalog.js';
import { createItemColumns, type ItemColumns } from './item-facts.js';

/** A part of the catalogue, and what rules need to know of the rest. */
export interface FirstCatalog {
  /** Row 1…count; a row without a card is out of stock, so that it is not suggested. */
  factsOf(row: number): ItemFacts;
  hasCard(row: number): boolean;
  /** popularity by row, variants and groups are those of `items-*.bin`; nothing else is known */
  readonly columns: ItemColumns;
}

/** Names of the columns that stand beside those of the cards. */
const ROWS = 'rows';
const VARIANTS = 'variants';
const GROUPS = 'groups';

/**
 * Reads `first-*.json`: columns of cards as in `catalog-*.json`, of the rows in `rows` alone; beside them `variants`, of rows and what they are
 * variants of, and `groups`, of rows and the numbers of their groups, in pairs.
 *
 * @throws {TillsideError} `model-invalid` when it is not an object or a column has another length
 */
export function parseFirstCatalog(source: string, itemIds: readonly string[]): FirstCatalog {
  const json = parseColumns(source);
  const numbers = (name: string): number[] => (Array.isArray(json[name]) ? json[name] : []);
  const rows = numbers(ROWS);
  const places = new Map(rows.map((row, place) => [row, place + 1]));
  const cards = readCatalog(
    json,
    rows.map((row) => itemIds[row - 1] ?? ''),
  );
  const { length: count } = itemIds;
  const columns = createItemColumns(count);
  columns.popularity.forEach((_, row) => {
    columns.popularity[row] = 255 - (255 * row) / (count + 1);
  });
  const fill = (column: Uint32Array, pairs: readonly number[], base: number): void => {
    for (let i = 0; i + 1 < pairs.length; i += 2) {
      const value = pairs[i + 1] as number;
      if (value > 0 && value <= count) column[pairs[i] as number] = base + value; // a row that there is not is no place to write to
    }
  };
  fill(columns.family, numbers(VARIANTS), 0);
  fill(columns.group, numbers(GROUPS), count);
  return {
    columns,
    hasCard: (row) => places.has(row),
    factsOf(row) {
      const place = places.get(row);
      return place ? cards.factsOf(place) : { itemId: itemIds[row - 1] ?? '', availability: 'out_of_stock' };
    },
  };
}

/** Writes what `parseFirstCatalog` reads. @param rows those of the cards */
export function encodeFirstCatalog(
  cards: readonly ItemFacts[],
  rows: readonly number[],
  { count, family, group }: ItemColumns,
): string {
  const pairs = (column: Uint32Array, base: number): number[] =>
    Array.from(column, (value, row) => (row > 0 && value !== row ? [row, value - base] : [])).flat();
  return encodeCatalog(cards, { [ROWS]: rows, [VARIANTS]: pairs(family, 0), [GROUPS]: pairs(group, count) });
}
