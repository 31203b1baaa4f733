// A drawn shop as a Google Merchant feed: RSS 2.0 with g: elements, or the table of the same attributes.
import { type Product, type Shop, titleOf, type Variant } from './a-shop.js';

export interface FeedOptions {
  /** how the feed names a variant; default its SKU */
  readonly idOf?: (product: Product, variant: Variant) => string;
}

function attributes(
  product: Product,
  variant: Variant,
  idOf: (product: Product, variant: Variant) => string,
): [string, string][] {
  return [
    ['id', idOf(product, variant)],
    ['title', titleOf({ product, variant })],
    ['description', `${product.title} & more: <b>by hand</b>`],
    ['link', `https://shop.example/products/${product.handle}?variant=${variant.id}&utm_source=google`],
    ['image_link', `https://shop.example/${product.handle}.jpg`],
    ['availability', Number(variant.id) % 7 === 0 ? 'out of stock' : 'in_stock'],
    ['price', `${variant.price.toFixed(2)} GBP`],
    ['brand', product.vendor],
    ['gtin', variant.barcode],
    ['mpn', variant.sku],
    ['condition', 'new'],
    ['google_product_category', '536'],
    ['product_type', `Home > ${product.type}`],
    ...(product.variants.length > 1 ? ([['item_group_id', String(product.id)]] as [string, string][]) : []),
  ];
}

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export function merchantXml({ products }: Shop, { idOf = (_, { sku }) => sku }: FeedOptions = {}): string {
  const items = products.flatMap((product) =>
    product.variants.map((variant) => {
      const elements = attributes(product, variant, idOf).map(([name, text]) =>
        name === 'description'
          ? `      <g:${name}><![CDATA[${text} </item>]]></g:${name}>`
          : `      <g:${name}>${escapeXml(text)}</g:${name}>`,
      );
      const shipping =
        '      <g:shipping>\n        <g:country>GB</g:country>\n        <g:price>4.95 GBP</g:price>\n      </g:shipping>';
      return `    <item>\n${elements.join('\n')}\n${shipping}\n    </item>`;
    }),
  );
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n  <channel>';
  return `${head}\n    <title>Shop</title>\n    <link>https://shop.example</link>\n${items.join('\n')}\n  </channel>\n</rss>\n`;
}

export function merchantTsv({ products }: Shop, { idOf = (_, { sku }) => sku }: FeedOptions = {}): string {
  const rows = products.flatMap((product) => product.variants.map((variant) => new Map(attributes(product, variant, idOf))));
  const names = [
    'id',
    'title',
    'description',
    'link',
    'image link',
    'availability',
    'price',
    'brand',
    'gtin',
    'mpn',
    'condition',
  ];
  const all = [...names, 'google product category', 'product type', 'item group id'];
  const lines = rows.map((row) => all.map((name) => row.get(name.replaceAll(' ', '_')) ?? '').join('\t'));
  return `${[all.join('\t'), ...lines].join('\n')}\n`;
}
