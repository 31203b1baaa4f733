import { TillsideError } from '../errors.js';
import { matching, object, optional, readShape, record } from '../shape.js';
import { parseJson } from './parse-json.js';

/** Which item stands at which row of every table. Row 0 is padding and every unknown item. */
export interface Vocabulary {
  /** row i + 1 is itemIds[i] */
  readonly itemIds: readonly string[];
  /** sku, variant, product or gtin → row */
  readonly aliases: ReadonlyMap<string, number>;
  /** item id or alias → row; 0 when unknown */
  rowOf(itemId: string): number;
}

const fileShape = object<{ items: unknown[]; aliases?: object }>({ items: matching(Array.isArray), aliases: optional(record) });

/**
 * Makes a vocabulary. An item id beats an alias that is spelt the same.
 *
 * @throws {TillsideError} `model-invalid` for an empty or duplicate id, or an alias of a row that does not exist
 */
export function createVocabulary(itemIds: readonly string[], aliases: ReadonlyMap<string, number>): Vocabulary {
  const rows = new Map<string, number>();
  itemIds.forEach((id, i) => {
    if (typeof id !== 'string' || id === '') throw invalid(`entry ${i} is not an item id`);
    if (rows.has(id)) throw invalid(`item id "${id}" stands twice`);
    rows.set(id, i + 1);
  });
  for (const [alias, row] of aliases) {
    if (!Number.isInteger(row) || row < 1 || row > itemIds.length)
      throw invalid(`alias "${alias}" names row ${row} of ${itemIds.length}`);
    if (!rows.has(alias)) rows.set(alias, row);
  }
  return { itemIds, aliases, rowOf: (itemId) => rows.get(itemId) ?? 0 };
}

/**
 * Reads `vocabulary-*.json`: `{ "items": [id, …], "aliases": { alias: row } }`.
 *
 * @throws {TillsideError} `model-invalid`
 */
export function parseVocabulary(text: string): Vocabulary {
  const { items, aliases = {} } = readShape(
    fileShape,
    parseJson(text, { what: 'The vocabulary', code: 'model-invalid' }),
    invalid,
  );
  return createVocabulary(items as string[], new Map(Object.entries(aliases) as [string, number][]));
}

/** Writes what `parseVocabulary` reads. */
export function encodeVocabulary({ itemIds, aliases }: Pick<Vocabulary, 'itemIds' | 'aliases'>): string {
  return JSON.stringify({ items: itemIds, aliases: Object.fromEntries(aliases) });
}

function invalid(what: string): TillsideError {
  return new TillsideError('model-invalid', `The bundle's vocabulary is invalid: ${what}. Train the bundle again.`);
}
