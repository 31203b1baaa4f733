import type { Availability, ItemFacts } from '../domain/item.js';
import { TillsideError } from '../errors.js';
import { isRecord, ownMember, parseJson } from './parse-json.js';
import { toSafeText, toSafeUrl } from './safe-text.js';

/** What a card shows, by row. */
export interface Catalog {
  readonly count: number;
  /** Row 1…count; facts are made when first asked for. A value that is not what it should be is left out. */
  factsOf(row: number): ItemFacts;
}

const COLUMNS = [
  'title',
  'price',
  'currency',
  'url',
  'imageUrl',
  'category',
  'brand',
  'availability',
  'variantOf',
  'boost',
] as const;
type Column = (typeof COLUMNS)[number];
const AVAILABILITIES: readonly unknown[] = ['in_stock', 'out_of_stock', 'preorder', 'backorder'] satisfies Availability[];

/**
 * Reads `catalog-*.json`: an object of columns, row i + 1 at place i; a column that is one value holds for all items.
 *
 * @param itemIds the vocabulary's, to which the columns belong
 * @throws {TillsideError} `model-invalid` when it is not an object or a column has another length
 */
export function parseCatalog(text: string, itemIds: readonly string[]): Catalog {
  const json = parseJson(text, { what: 'The catalogue', code: 'model-invalid' });
  if (!isRecord(json))
    throw new TillsideError('model-invalid', 'The catalogue is not an object of columns. Train the bundle again.');
  const columns = {} as Record<Column, unknown>;
  for (const name of COLUMNS) {
    const column = ownMember(json, name);
    if (Array.isArray(column) && column.length !== itemIds.length) {
      const message = `The catalogue has ${column.length} values of "${name}" for ${itemIds.length} items. Train the bundle again.`;
      throw new TillsideError('model-invalid', message);
    }
    columns[name] = column;
  }
  const made = new Map<number, ItemFacts>();
  return {
    count: itemIds.length,
    factsOf(row) {
      const known = made.get(row) ?? toFacts(columns, row, itemIds[row - 1] ?? '');
      made.set(row, known);
      return known;
    },
  };
}

/** Writes what `parseCatalog` reads: `facts` in row order, starting with row 1. */
export function encodeCatalog(facts: readonly ItemFacts[]): string {
  const columns: Partial<Record<Column, unknown>> = {};
  for (const name of COLUMNS) {
    const values = facts.map((item) => item[name] ?? null);
    const first = values[0] ?? null;
    const same = values.every((value) => value === first);
    if (!same) columns[name] = values;
    else if (first !== null) columns[name] = first;
  }
  return JSON.stringify(columns);
}

function toFacts(columns: Record<Column, unknown>, row: number, itemId: string): ItemFacts {
  const cell = (name: Column): unknown => {
    const column = columns[name];
    return Array.isArray(column) ? column[row - 1] : column;
  };
  const price = cell('price');
  const currency = cell('currency');
  const availability = cell('availability');
  const boost = cell('boost');
  return withoutUndefined({
    itemId,
    title: toSafeText(cell('title')),
    price: typeof price === 'number' && price >= 0 && price < Number.POSITIVE_INFINITY ? price : undefined,
    currency: typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) ? currency : undefined,
    url: toSafeUrl(cell('url')),
    imageUrl: toSafeUrl(cell('imageUrl')),
    category: toSafeText(cell('category')),
    brand: toSafeText(cell('brand')),
    availability: AVAILABILITIES.includes(availability) ? (availability as Availability) : undefined,
    variantOf: toSafeText(cell('variantOf')),
    boost: boost === 1 || boost === 0 || boost === -1 ? boost : undefined,
  });
}

type WithUndefined<T> = { [K in keyof T]: T[K] | undefined } & Pick<ItemFacts, 'itemId'>;

function withoutUndefined(facts: WithUndefined<ItemFacts>): ItemFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as unknown as ItemFacts;
}
