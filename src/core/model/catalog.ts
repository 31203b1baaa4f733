import type { ItemFacts } from '../domain/item.js';
import { TillsideError } from '../errors.js';
import { number, oneOf, readShape, record, type Shape, text, tryRead } from '../shape.js';
import { parseJson } from './parse-json.js';
import { toSafeText, toSafeUrl } from './safe-text.js';

/** Items whose facts are kept once they are made: those of many slates, not of the catalogue. */
const MAX_MADE = 1_000;

/** What a card shows, by row. */
export interface Catalog {
  readonly count: number;
  /** Row 1…count; facts are made when asked for. A value that is not what it should be is left out. */
  factsOf(row: number): ItemFacts;
}

/** One column of the file, and what may stand in it; anything else is left out. */
type Readers = { readonly [Name in Exclude<keyof ItemFacts, 'itemId'>]-?: (cell: unknown) => ItemFacts[Name] | undefined };

const reading =
  <T>(shape: Shape<T>) =>
  (cell: unknown): T | undefined =>
    tryRead(shape, cell);

const READERS: Readers = {
  title: toSafeText,
  price: reading(number(0)),
  currency: reading(text(/^[A-Z]{3}$/)),
  url: toSafeUrl,
  imageUrl: toSafeUrl,
  category: toSafeText,
  brand: toSafeText,
  availability: reading(oneOf('in_stock', 'out_of_stock', 'preorder', 'backorder')),
  variantOf: toSafeText,
  boost: reading(oneOf(-1, 0, 1)),
};
const COLUMNS = Object.entries<(cell: unknown) => unknown>(READERS);

/** In a column that is one text: each item's own id. */
const OWN_ID = '{id}';

/**
 * Reads `catalog-*.json`: an object of columns, row i + 1 at place i; a column that is one value holds for all items, with the item's id for `{id}`.
 *
 * @param itemIds the vocabulary's, to which the columns belong
 * @throws {TillsideError} `model-invalid` when it is not an object or a column has another length
 */
export function parseCatalog(source: string, itemIds: readonly string[]): Catalog {
  return readCatalog(parseColumns(source), itemIds);
}

/** Reads the text of an object of columns. @throws {TillsideError} `model-invalid` */
export function parseColumns(source: string): Record<string, unknown> {
  const json = parseJson(source, { what: 'The catalogue', code: 'model-invalid' });
  return readShape(record, json, () => invalid('it is not an object of columns'));
}

/** The same as `parseCatalog`, of columns that are parsed. */
export function readCatalog(columns: Record<string, unknown>, itemIds: readonly string[]): Catalog {
  for (const [name] of COLUMNS) {
    const column = columns[name];
    if (Array.isArray(column) && column.length !== itemIds.length)
      throw invalid(`it has ${column.length} values of "${name}" for ${itemIds.length} items`);
  }
  const given = COLUMNS.filter(([name]) => Object.hasOwn(columns, name));
  const made = new Map<number, ItemFacts>();
  const toFacts = (row: number): ItemFacts => {
    const itemId = itemIds[row - 1] ?? '';
    const facts: Record<string, unknown> = { itemId };
    for (const [name, read] of given) {
      const column = columns[name];
      const isText = typeof column === 'string';
      const cell = isText ? column.replaceAll(OWN_ID, () => itemId) : Array.isArray(column) ? column[row - 1] : column;
      // What is left empty is not read: a refusal, which is thrown, takes longer than all else here.
      const fact = cell === null ? undefined : read(cell);
      if (fact !== undefined) facts[name] = fact;
    }
    return facts as unknown as ItemFacts;
  };
  return {
    count: itemIds.length,
    factsOf(row) {
      const known = made.get(row) ?? toFacts(row);
      if (made.size > MAX_MADE) made.clear();
      made.set(row, known);
      return known;
    },
  };
}

/** Writes what `parseCatalog` reads: `facts` in row order, starting with row 1. @param others columns to write with them */
export function encodeCatalog(facts: readonly ItemFacts[], others: Readonly<Record<string, unknown>> = {}): string {
  const columns = { ...others };
  for (const name of Object.keys(READERS) as (keyof Readers)[]) {
    const values = facts.map((item) => item[name] ?? null);
    const one = inOneValue(values, facts);
    if (one === undefined) columns[name] = values;
    else if (one !== null) columns[name] = one;
  }
  return JSON.stringify(columns);
}

/** The one value that says what all of them do: each is that, or that with the item's own id in it. `undefined` where there is none. */
function inOneValue(values: readonly unknown[], facts: readonly ItemFacts[]): unknown {
  const first = values[0] ?? null;
  if (values.every((value) => value === first) && !String(first).includes(OWN_ID)) return first;
  // The longest id is the least likely to stand in an address for another reason.
  const longest = facts.reduce((best, { itemId }, i) => (itemId.length > (facts[best]?.itemId ?? '').length ? i : best), 0);
  const [from, id] = [values[longest], facts[longest]?.itemId];
  if (typeof from !== 'string' || !id || from.includes(OWN_ID)) return undefined;
  const template = from.replaceAll(id, () => OWN_ID);
  return values.every((value, i) => value === template.replaceAll(OWN_ID, () => facts[i]?.itemId ?? '')) ? template : undefined;
}

function invalid(what: string): TillsideError {
  return new TillsideError('model-invalid', `The bundle's catalogue is invalid: ${what}. Train the bundle again.`);
}
