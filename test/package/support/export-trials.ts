// The platforms of docs/exports.md, each with an export of its demo shop and the pages of that shop.
import type { Page } from '@playwright/test';
import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { openCartShop } from '../../../e2e/platforms/ga4/server.mjs';
import { readProducts as readShopifyProducts } from '../../../e2e/platforms/shopify/catalogue.mjs';
import { openShopifyShop } from '../../../e2e/platforms/shopify/server.mjs';
import { readProducts as readWooProducts } from '../../../e2e/platforms/woocommerce/catalogue.mjs';
import { openWooCommerce } from '../../../e2e/platforms/woocommerce/server.mjs';
import { ga4Events } from '../../support/exports/ga4-export.js';
import { merchantXml } from '../../support/exports/merchant-export.js';
import { shopifyOrders, shopifyProducts } from '../../support/exports/shopify-exports.js';
import { csvProducts, pluginRows, restOrders } from '../../support/exports/woocommerce-exports.js';
import { aPageShop, type PageProduct, type PageShop } from './page-shop.js';

/** A platform's shop on a server. */
export interface PlatformPages {
  /** the address below which it answers */
  readonly prefix: string;
  readonly answer: RequestListener;
  /** where its pages look for the bundle's folder */
  readonly bundlePath: string;
  readonly cartPath: string;
  productPath(product: PageProduct): string;
  /** SKUs of the shop's own cart */
  cart(page: Page): Promise<string[]>;
}

export interface ExportTrial {
  readonly name: string;
  /** of docs/exports.md */
  readonly section: string;
  /** which of the section's lines that train */
  readonly line: number;
  readonly pageShop: PageShop;
  /** the export's files by the names that the line gives them */
  readonly files: () => Readonly<Record<string, string | Uint8Array>>;
  /** what goes with the first product: at least four */
  readonly companions: readonly PageProduct[];
  /** what the platform's cart calls a product */
  readonly idOf: (product: PageProduct) => string;
  readonly open: () => PlatformPages;
}

const shopifyShop = aPageShop(readShopifyProducts().map((product) => ({ ...product, isSold: product.available })));
/** A feed draws its stock by the number of the variant, which a data layer does not name. */
const layerShop = aPageShop(
  readShopifyProducts().map((product, i) => ({ ...product, isSold: product.available, variantId: 7 * i + Number(i !== 3) })),
);
const wooShop = aPageShop(
  readWooProducts()
    .filter(({ type }) => type === 'simple')
    .map(({ name, slug, isInStock, ...product }) => ({ ...product, title: name, handle: slug, isSold: isInStock })),
);

function openShopify(): PlatformPages {
  const { answer } = openShopifyShop();
  return {
    prefix: '/',
    answer,
    bundlePath: '/models/shop',
    cartPath: '/cart',
    productPath: ({ handle }) => `/products/${handle}`,
    cart: (page) =>
      page.evaluate(async () => {
        const { items }: { items: { sku: string }[] } = await (await fetch('/cart.js')).json();
        return items.map(({ sku }) => sku);
      }),
  };
}

function openWoo(): PlatformPages {
  const { answer, cart } = openWooCommerce();
  return {
    prefix: '/shop',
    answer,
    bundlePath: '/models/gift-shop',
    cartPath: '/shop/cart/',
    productPath: ({ handle }) => `/shop/product/${handle}/`,
    cart: async () => Object.keys(cart()),
  };
}

function openDataLayer(): PlatformPages {
  const { answer, cart } = openCartShop();
  return {
    prefix: '/shop/',
    answer,
    bundlePath: '/models/gift-shop',
    cartPath: '/shop/cart.html',
    productPath: ({ sku }) => `/shop/product.html?sku=${sku}`,
    cart: async () => Object.keys(cart()),
  };
}

const bySku = ({ sku }: PageProduct) => sku;
const byNumber = ({ id }: PageProduct) => String(id);

export const TRIALS: readonly ExportTrial[] = [
  {
    name: 'Shopify',
    section: 'Shopify',
    line: 0,
    pageShop: shopifyShop,
    companions: shopifyShop.companions,
    files: () => ({
      'orders_export.csv': shopifyOrders(shopifyShop.shop),
      'products_export.csv': shopifyProducts(shopifyShop.shop),
    }),
    idOf: bySku,
    open: openShopify,
  },
  {
    name: 'WooCommerce, orders of the REST API',
    section: 'WooCommerce',
    line: 0,
    pageShop: wooShop,
    companions: wooShop.companions,
    files: () => ({
      'orders.json': restOrders(wooShop.shop, { page: 100 }),
      'wc-product-export.csv': csvProducts(wooShop.shop),
    }),
    idOf: byNumber,
    open: openWoo,
  },
  {
    name: 'WooCommerce, orders of a plug-in',
    section: 'WooCommerce',
    line: 1,
    pageShop: wooShop,
    companions: wooShop.companions,
    files: () => ({ 'orders.csv': pluginRows(wooShop.shop), 'wc-product-export.csv': csvProducts(wooShop.shop) }),
    idOf: byNumber,
    open: openWoo,
  },
  {
    name: 'GA4, with a Merchant feed',
    section: 'GA4, from BigQuery',
    line: 0,
    pageShop: layerShop,
    companions: layerShop.companions,
    files: () => ({
      'events_20260131.json.gz': gzipSync(ga4Events(layerShop.shop)),
      'feed.xml': merchantXml(layerShop.shop),
    }),
    idOf: bySku,
    open: openDataLayer,
  },
  {
    name: 'a Merchant feed alone',
    section: 'Google Merchant feed',
    line: 0,
    pageShop: layerShop,
    // Nobody has bought anything: what is of the same pattern, or as large.
    companions: layerShop.sold.filter(({ sku, title }) => /Red Retrospot|Jumbo/.test(title) && sku !== layerShop.first.sku),
    files: () => ({ 'feed.xml': merchantXml(layerShop.shop) }),
    idOf: bySku,
    open: openDataLayer,
  },
];
