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

/** Names of the columns that stand beside those of the cards. Each holds lists of ascending rows, as the steps from one to the next; a 0 ends a list. */
const CARDS = 'cardSteps';
const FAMILIES = 'familySteps';
const GROUPS = 'groupSteps';

/**
 * Reads `first-*.json`: columns of cards as in `catalog-*.json`, of the rows in the one list of `cardSteps` alone; beside them the families (items and
 * their variants) and groups that have a card.
 *
 * @throws {TillsideError} `model-invalid` when it is not an object or a column has another length
 */
export function parseFirstCatalog(source: string, itemIds: readonly string[]): FirstCatalog {
  const json = parseColumns(source);
  const listsOf = (name: string): number[][] => readLists(Array.isArray(json[name]) ? json[name] : []);
  const [rows = []] = listsOf(CARDS);
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
  for (const list of listsOf(FAMILIES)) for (const row of list) columns.family[row] = list[0] as number;
  listsOf(GROUPS).forEach((list, i) => {
    for (const row of list) columns.group[row] = count + 1 + i;
  });
  return {
    columns,
    hasCard: (row) => places.has(row),
    factsOf(row) {
      const place = places.get(row);
      return place ? cards.factsOf(place) : { itemId: itemIds[row - 1] ?? '', availability: 'out_of_stock' };
    },
  };
}

/** The lists that steps tell; a row in them may be none of the catalogue's, which then is no place in a column to write to. */
function readLists(steps: readonly number[]): number[][] {
  const lists: number[][] = [];
  let list: number[] = [];
  let row = 0;
  for (const step of steps) {
    row += step;
    if (step) list.push(row);
    else {
      lists.push(list);
      list = [];
      row = 0;
    }
  }
  return lists;
}

/** Writes what `parseFirstCatalog` reads. @param rows those of the cards, ascending */
export function encodeFirstCatalog(
  cards: readonly ItemFacts[],
  rows: readonly number[],
  { count, family, group }: ItemColumns,
): string {
  const hasCard = new Set(rows);
  const kinOf = (column: Uint32Array): number[][] => {
    const lists = new Map<number, number[]>();
    for (let row = 1; row <= count; row++) {
      const label = column[row] as number;
      const list = lists.get(label);
      if (list) list.push(row);
      else lists.set(label, [row]);
    }
    return [...lists.values()].filter((list) => list.length > 1 && list.some((row) => hasCard.has(row)));
  };
  return encodeCatalog(cards, {
    [CARDS]: toSteps([rows]),
    [FAMILIES]: toSteps(kinOf(family)),
    [GROUPS]: toSteps(kinOf(group)),
  });
}

function toSteps(lists: readonly (readonly number[])[]): number[] {
  return lists.flatMap((list) => [...list.map((row, i) => row - (list[i - 1] ?? 0)), 0]);
}
