import type { ItemFacts } from '../domain/item.js';
import { TillsideError } from '../errors.js';
import { number, oneOf, readShape, record, type Shape, text, tryRead } from '../shape.js';
import { parseJson } from './parse-json.js';
import { toSafeText, toSafeUrl } from './safe-text.js';

/** What a card shows, by row. */
export interface Catalog {
  readonly count: number;
  /** Row 1…count; facts are made when first asked for. A value that is not what it should be is left out. A row without a card is out of stock. */
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
/** Which rows there are, where not all are. */
const ROWS = 'rows';
const COLUMNS = Object.entries<(cell: unknown) => unknown>(READERS);

/**
 * Reads `catalog-*.json`: an object of columns, row i + 1 at place i; a column that is one value holds for all items. With a column `rows`,
 * as in `first-*.json`, it has cards of these rows alone, the i-th at place i.
 *
 * @param itemIds the vocabulary's, to which the columns belong
 * @throws {TillsideError} `model-invalid` when it is not an object or a column has another length
 */
export function parseCatalog(source: string, itemIds: readonly string[]): Catalog {
  const json = parseJson(source, { what: 'The catalogue', code: 'model-invalid' });
  const columns = readShape(record, json, () => invalid('it is not an object of columns'));
  const rows: unknown = Object.hasOwn(columns, ROWS) ? columns[ROWS] : undefined;
  const places = Array.isArray(rows) ? new Map<unknown, number>(rows.map((row, place) => [row, place])) : undefined;
  const length = places?.size ?? itemIds.length;
  for (const [name] of COLUMNS) {
    const column = columns[name];
    if (Array.isArray(column) && column.length !== length)
      throw invalid(`it has ${column.length} values of "${name}" for ${length} items`);
  }
  const made = new Map<number, ItemFacts>();
  return {
    count: itemIds.length,
    factsOf(row) {
      const place = places ? places.get(row) : row - 1;
      const itemId = itemIds[row - 1] ?? '';
      const known =
        made.get(row) ?? (place === undefined ? { itemId, availability: 'out_of_stock' } : toFacts(columns, place, itemId));
      made.set(row, known);
      return known;
    },
  };
}

/** Writes what `parseCatalog` reads. @param facts in row order, starting with row 1; with `rows`, theirs */
export function encodeCatalog(facts: readonly ItemFacts[], rows?: readonly number[]): string {
  const columns: Record<string, unknown> = rows ? { [ROWS]: rows } : {};
  for (const name of Object.keys(READERS) as (keyof Readers)[]) {
    const values = facts.map((item) => item[name] ?? null);
    const first = values[0] ?? null;
    const same = values.every((value) => value === first);
    if (!same) columns[name] = values;
    else if (first !== null) columns[name] = first;
  }
  return JSON.stringify(columns);
}

function toFacts(columns: Record<string, unknown>, place: number, itemId: string): ItemFacts {
  const cells = COLUMNS.map(([name, read]) => {
    const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
    return [name, read(Array.isArray(column) ? column[place] : column)] as const;
  });
  return { itemId, ...Object.fromEntries(cells.filter(([, cell]) => cell !== undefined)) };
}

function invalid(what: string): TillsideError {
  return new TillsideError('model-invalid', `The bundle's catalogue is invalid: ${what}. Train the bundle again.`);
}
