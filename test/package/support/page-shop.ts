// Orders drawn over the catalogue that a platform's demo pages show: what a shop exports, with families of things that are bought together.
import { aShop, type Line, mulberry, type Product, type Shop } from '../../support/exports/a-shop.js';

/** Items that are bought together. One of the first six is sold out in every drawn export: with the first in the cart, four are left for a slate. */
const FAMILY = 6;
const SOLD_OUT = 3;
const LINES = 3;
const FAMILIES = 5;
const ORDERS = 320;
const PRODUCTS = 120;

/** How a platform's demo pages name one of their products. */
export interface PageProduct {
  readonly sku: string;
  readonly title: string;
  /** hundredths */
  readonly price: number;
  readonly isSold: boolean;
  /** the platform's own numbers and names, where it has some */
  readonly id?: number;
  readonly variantId?: number;
  readonly handle?: string;
}

export interface PageShop {
  readonly shop: Shop;
  readonly sold: readonly PageProduct[];
  readonly first: PageProduct;
  /** what is bought with it and can be had */
  readonly companions: readonly PageProduct[];
}

/** Draws orders over the first of the pages' products. */
export function aPageShop(pageProducts: readonly PageProduct[]): PageShop {
  const sold = pageProducts.filter(({ isSold }) => isSold).slice(0, PRODUCTS);
  const products = sold.map(toProduct);
  const random = mulberry(1);
  const orders = aShop({ orders: ORDERS }).orders.map((order, i) => {
    const family = Array.from({ length: FAMILY }, (_, place) => products[(i % FAMILIES) * FAMILY + place] as Product);
    for (let left = 0; left < FAMILY - LINES; left++) family.splice(Math.floor(random() * family.length), 1);
    return { ...order, lines: family.map(toLine) };
  });
  const [first, ...companions] = sold.slice(0, FAMILY).filter((_, place) => place !== SOLD_OUT);
  return { shop: { products, orders }, sold, first: first as PageProduct, companions };
}

function toProduct({ sku, title, price, id = 0, variantId = id, handle = sku }: PageProduct): Product {
  const variant = { sku, id: variantId, options: [], barcode: '', price: price / 100 };
  return { id, handle, title, type: 'Gifts', vendor: 'Tiny Gifts', variants: [variant] };
}

function toLine(product: Product): Line {
  return { product, variant: product.variants[0] as Line['variant'], quantity: 1 };
}
