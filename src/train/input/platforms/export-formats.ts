// The table of contents: which platforms' exports are read, by what columns each is known, and what reads it.
import type { DuckDBConnection } from '@duckdb/node-api';
import type { EventSource } from '../event-source.js';
import type { InputTable } from '../open-table.js';
import type { CatalogExport } from './catalog-export.js';
import { ga4Events } from './ga4-events.js';
import { merchantTable } from './merchant-feed.js';
import { pickColumns } from './pick-columns.js';
import { shopifyOrders } from './shopify-orders.js';
import { shopifyProducts } from './shopify-products.js';
import { isWooCommerceOrders, woocommerceOrders } from './woocommerce-orders.js';
import { woocommerceProductsCsv } from './woocommerce-products.js';
import { woocommerceProductsJson } from './woocommerce-rest-products.js';

/** Names that `--format` takes. */
export const PLATFORMS = ['tillside', 'shopify', 'woocommerce', 'ga4', 'google-merchant'] as const;
export type Platform = (typeof PLATFORMS)[number];

interface ExportFormat {
  readonly platform: Platform;
  /** as it is said to the user */
  readonly title: string;
  /** by its columns alone */
  matches(table: InputTable): boolean;
}

/** A format of orders or events. */
export interface EventsFormat extends ExportFormat {
  readonly source: (table: InputTable) => EventSource;
}

/** A format of products. */
export interface CatalogFormat extends ExportFormat {
  readonly read: (connection: DuckDBConnection, table: InputTable) => Promise<CatalogExport>;
}

const hasAll =
  (...groups: readonly (readonly string[])[]) =>
  (table: InputTable) => {
    const { has } = pickColumns(table);
    return groups.every((names) => has(...names));
  };

export const EVENTS_FORMATS: readonly EventsFormat[] = [
  {
    platform: 'shopify',
    title: 'Shopify orders',
    matches: (table) => pickColumns(table).has('Lineitem name', 'Lineitem sku', 'Lineitem quantity'),
    source: shopifyOrders,
  },
  { platform: 'woocommerce', title: 'WooCommerce orders', matches: isWooCommerceOrders, source: woocommerceOrders },
  {
    platform: 'ga4',
    title: 'GA4 events from BigQuery',
    matches: hasAll(['event_name'], ['event_timestamp'], ['event_params', 'items', 'user_pseudo_id']),
    source: ga4Events,
  },
];

export const CATALOG_FORMATS: readonly CatalogFormat[] = [
  {
    platform: 'shopify',
    title: 'Shopify products',
    matches: hasAll(['Handle', 'URL handle'], ['Title'], ['Variant SKU', 'SKU', 'Variant Price', 'Option1 Value']),
    read: shopifyProducts,
  },
  {
    platform: 'woocommerce',
    title: 'WooCommerce products from the REST API',
    matches: hasAll(['id'], ['name'], ['permalink', 'stock_status'], ['price', 'regular_price']),
    read: woocommerceProductsJson,
  },
  {
    platform: 'woocommerce',
    title: 'WooCommerce products',
    matches: hasAll(['ID'], ['Type'], ['Name'], ['Regular price'], ['Parent', 'Categories']),
    read: woocommerceProductsCsv,
  },
  {
    platform: 'google-merchant',
    title: 'a Google Merchant feed',
    matches: hasAll(['id', 'g:id'], ['title', 'g:title'], ['link', 'g:link'], ['price', 'g:price']),
    read: merchantTable,
  },
];
