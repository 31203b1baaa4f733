// In: an opened file, what it is given as, and what --format says. Out: the platform's format that reads it; none is tillside's own.
import { TillsideError } from '../../../core/errors.js';
import type { InputTable } from '../open-table.js';
import { pickColumns } from './pick-columns.js';
import { CATALOG_FORMATS, type CatalogFormat, EVENTS_FORMATS, type EventsFormat, type Platform } from './export-formats.js';

const OWN_EVENTS = ['session_id', 'item_id', 'type', 'occurred_at'];
const OWN_CATALOG = ['item_id', 'title'];

/** Finds what reads a file of orders or events. @throws {TillsideError} `input-invalid` for a file of products, or a report without items */
export function detectEvents(table: InputTable, asked: readonly Platform[] = []): EventsFormat | undefined {
  const forced = ask(EVENTS_FORMATS, table, asked);
  if (forced !== undefined) return forced === 'tillside' ? undefined : forced;
  if (isOwn(table, OWN_EVENTS)) return undefined;
  const found = EVENTS_FORMATS.find(({ matches }) => matches(table));
  if (found !== undefined) return found;
  const other = CATALOG_FORMATS.find(({ matches }) => matches(table));
  if (other !== undefined || isOwn(table, OWN_CATALOG, 2)) {
    throw new TillsideError(
      'input-invalid',
      `${table.file} looks like ${other?.title ?? 'a catalogue'}, not like orders or events. Give it to --catalog, and the orders to --events.`,
    );
  }
  if (pickColumns(table).has('Product(s)') && pickColumns(table).has('Order #')) {
    throw new TillsideError(
      'input-invalid',
      `${table.file} is WooCommerce's report of orders: it names products and not their ids. Export the orders by the REST API or an export plug-in (docs/exports.md).`,
    );
  }
  return undefined;
}

/** Finds what reads a file of products. @throws {TillsideError} `input-invalid` for a file of orders or events */
export function detectCatalog(table: InputTable, asked: readonly Platform[] = []): CatalogFormat | undefined {
  const forced = ask(CATALOG_FORMATS, table, asked);
  if (forced !== undefined) return forced === 'tillside' ? undefined : forced;
  if (isOwn(table, OWN_CATALOG)) return undefined;
  const found = CATALOG_FORMATS.find(({ matches }) => matches(table));
  if (found !== undefined) return found;
  const other = EVENTS_FORMATS.find(({ matches }) => matches(table));
  if (other === undefined && !isOwn(table, OWN_EVENTS)) return undefined;
  throw new TillsideError(
    'input-invalid',
    `${table.file} looks like ${other?.title ?? 'events'}, not like products. Give it to --events, and the products to --catalog.`,
  );
}

function isOwn({ columns }: InputTable, names: readonly string[], least = names.length): boolean {
  const { has } = pickColumns({ columns });
  return names.filter((name) => has(name)).length >= least;
}

/** The asked platform's format: of several the one that fits, else the first. */
function ask<F extends { readonly platform: Platform; matches(table: InputTable): boolean }>(
  formats: readonly F[],
  table: InputTable,
  asked: readonly Platform[],
): F | 'tillside' | undefined {
  const platform = asked.find((each) => each === 'tillside' || formats.some((format) => format.platform === each));
  if (platform === undefined || platform === 'tillside') return platform;
  const ofPlatform = formats.filter((format) => format.platform === platform);
  return ofPlatform.find(({ matches }) => matches(table)) ?? ofPlatform[0];
}
