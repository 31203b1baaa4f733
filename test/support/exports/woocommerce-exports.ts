// A drawn shop as WooCommerce exports it: the REST API's answers, its own CSV of products, and orders in the shapes of three export plug-ins.
import { csv, type Line, type Order, type Product, type Shop, titleOf } from './a-shop.js';

/** WooCommerce's numbers are small: a product's, then its variations'. A small one is its own already. */
export const productId = ({ id }: Product) => (id < 8_000_000_000 ? id : (id % 8_000_000_000) * 10 + 100);
export const variationId = (line: Line) => productId(line.product) + 1 + line.product.variants.indexOf(line.variant);
/** What a cart says: the variation's number where there is one. */
export const itemIdOf = (line: Line) => String(line.variant.options.length > 0 ? variationId(line) : productId(line.product));

const STATUS = { paid: 'completed', cancelled: 'cancelled', refunded: 'refunded', test: 'failed' } as const;
const LABEL = { completed: 'Completed', cancelled: 'Cancelled', refunded: 'Refunded', failed: 'Failed' } as const;

const local = (at: number) => new Date(at).toISOString().slice(0, 19);

/** `GET /wp-json/wc/v3/orders`; pages: arrays of that many orders a line; 0: an order a line */
export function restOrders({ orders }: Shop, { page = 0 } = {}): string {
  const answers = orders.map(restOrder);
  if (page === 0) return answers.map((order) => JSON.stringify(order)).join('\n');
  const pages = Array.from({ length: Math.ceil(answers.length / page) }, (_, i) => answers.slice(i * page, (i + 1) * page));
  return pages.map((each) => JSON.stringify(each)).join('\n');
}

function restOrder(order: Order): object {
  const { number, customer, at, lines, note, fate } = order;
  const [first_name, ...rest] = customer.name.split(' ');
  const address = {
    first_name,
    last_name: rest.join(' '),
    company: '',
    address_1: customer.street,
    address_2: '',
    city: customer.city,
  };
  return {
    id: number,
    parent_id: 0,
    status: STATUS[fate],
    currency: 'GBP',
    version: '9.8.1',
    prices_include_tax: true,
    date_created: local(at + 3_600_000),
    date_modified: local(at + 7_200_000),
    discount_total: '0.00',
    total: '20.00',
    customer_id: number % 3 === 0 ? customer.id : 0,
    order_key: `wc_order_${number}`,
    billing: { ...address, state: '', postcode: 'SN8 3AB', country: 'GB', email: customer.email, phone: customer.phone },
    shipping: { ...address, state: '', postcode: 'SN8 3AB', country: 'GB', phone: '' },
    payment_method: 'stripe',
    customer_ip_address: customer.ip,
    customer_user_agent: 'Mozilla/5.0',
    created_via: 'checkout',
    customer_note: note,
    date_paid_gmt: local(at),
    number: String(number),
    meta_data: [{ id: 1, key: '_gift_message', value: `For ${customer.name}` }],
    line_items: lines.map((line, i) => ({
      id: number * 10 + i,
      name: titleOf(line),
      product_id: productId(line.product),
      variation_id: line.variant.options.length > 0 ? variationId(line) : 0,
      quantity: line.quantity,
      subtotal: (line.variant.price * line.quantity).toFixed(2),
      total: (line.variant.price * line.quantity).toFixed(2),
      meta_data: [{ id: 9, key: 'engraving', value: customer.name }],
      sku: line.variant.sku,
      price: line.variant.price,
      image: { id: '7', src: 'https://shop.example/7.jpg' },
      parent_name: line.variant.options.length > 0 ? line.product.title : null,
    })),
    shipping_lines: [{ id: 2, method_title: 'Flat rate', total: '4.00' }],
    coupon_lines: [],
    refunds: fate === 'refunded' ? [{ id: 5, reason: `${customer.name} changed their mind`, total: '-20.00' }] : [],
    date_created_gmt: local(at),
    currency_symbol: '£',
  };
}

const AOE_COLUMNS = [
  ...[
    'Order Number',
    'Order Status',
    'Order Date',
    'Customer Note',
    'First Name (Billing)',
    'Last Name (Billing)',
    'Company (Billing)',
  ],
  ...[
    'Address 1&2 (Billing)',
    'City (Billing)',
    'Postcode (Billing)',
    'Country Code (Billing)',
    'Email (Billing)',
    'Phone (Billing)',
  ],
  ...[
    'Payment Method Title',
    'Cart Discount Amount',
    'Order Total Amount',
    'SKU',
    'Item #',
    'Item Name',
    'Quantity (- Refund)',
    'Item Cost',
  ],
];

/** Advanced Order Export, one row a line; the order's fields on its first row. Returned lines have the quantity 0. */
export function pluginRows({ orders }: Shop, delimiter = ','): string {
  const rows = orders.flatMap((order) =>
    order.lines.map((line, i) => {
      const { number, customer, at, note, fate } = order;
      const [first, ...last] = customer.name.split(' ');
      const person = [
        note,
        first ?? '',
        last.join(' '),
        '',
        customer.street,
        customer.city,
        'SN8 3AB',
        'GB',
        customer.email,
        customer.phone,
      ];
      const ofOrder = [LABEL[STATUS[fate]], local(at).replace('T', ' ').slice(0, 16), ...person, 'Card', '0', '20.00'];
      const quantity = number % 50 === 11 && i === 0 ? 0 : line.quantity;
      const ofLine = [line.variant.sku, i + 1, titleOf(line), quantity, line.variant.price.toFixed(2)];
      return [number, ...(i === 0 ? ofOrder : ofOrder.map(() => '')), ...ofLine];
    }),
  );
  return csv([AOE_COLUMNS, ...rows], delimiter);
}

/** An order a row: its lines in one cell (`line_items`, parted by ;), or in cells of their own (`line_item_1` …). */
export function pluginCells({ orders }: Shop, { inOne = true } = {}): string {
  const most = Math.max(...orders.map(({ lines }) => lines.length));
  const names = inOne ? ['line_items'] : Array.from({ length: most }, (_, i) => `line_item_${i + 1}`);
  const head = [
    'order_id',
    'order_number',
    'order_date',
    'status',
    'order_total',
    'order_currency',
    'customer_ip_address',
    'customer_id',
  ];
  const people = [
    'customer_email',
    'billing_first_name',
    'billing_last_name',
    'billing_phone',
    'billing_address_1',
    'customer_note',
  ];
  const rows = orders.map((order) => {
    const { number, customer, at, note, fate } = order;
    const [first, ...last] = customer.name.split(' ');
    const cells = order.lines.map(cellOf);
    const person = [customer.email, first ?? '', last.join(' '), customer.phone, customer.street, note];
    const items = inOne ? [cells.join(';')] : names.map((_, i) => cells[i] ?? '');
    return [number, number, local(at).replace('T', ' '), STATUS[fate], '20.00', 'GBP', customer.ip, 0, ...person, ...items];
  });
  return csv([[...head, ...people, ...names], ...rows]);
}

function cellOf(line: Line): string {
  const total = (line.variant.price * line.quantity).toFixed(2);
  const id = line.variant.options.length > 0 ? variationId(line) : productId(line.product);
  return `name:${titleOf(line)}|product_id:${id}|sku:${line.variant.sku}|quantity:${line.quantity}|total:${total}|sub_total:${total}|meta:`;
}

const CSV_COLUMNS = [
  ...[
    'ID',
    'Type',
    'SKU',
    'GTIN, UPC, EAN, or ISBN',
    'Name',
    'Published',
    'Is featured?',
    'Visibility in catalog',
    'Short description',
  ],
  ...[
    'Description',
    'Tax status',
    'In stock?',
    'Stock',
    'Backorders allowed?',
    'Sale price',
    'Regular price',
    'Categories',
    'Tags',
  ],
  ...[
    'Images',
    'Parent',
    'Grouped products',
    'Upsells',
    'Cross-sells',
    'Position',
    'Brands',
    'Attribute 1 name',
    'Attribute 1 value(s)',
  ],
];

/** WooCommerce → Products → Export. */
export function csvProducts({ products }: Shop): string {
  const rows = products.flatMap((product, place) => {
    const isVariable = product.variants[0]?.options.length !== 0;
    const skuOfParent = isVariable ? `P-${productId(product)}` : (product.variants[0]?.sku ?? '');
    const own = {
      ID: productId(product),
      Type: isVariable ? 'variable' : 'simple',
      SKU: skuOfParent,
      Name: product.title,
      Published: place === products.length - 2 ? -1 : 1,
      'Visibility in catalog': 'visible',
      Description: `A "${product.title}",\\nby hand`,
      'In stock?': place === 3 ? 0 : 1,
      'Backorders allowed?': 0,
      'Regular price': isVariable ? '' : (product.variants[0]?.price.toFixed(2) ?? ''),
      Categories: `Home, Home > ${product.type}`,
      Images: `https://shop.example/${product.handle}.jpg, https://shop.example/${product.handle}-2.jpg`,
      'Cross-sells': place === 1 ? `id:${productId(products[2] as Product)}, ${products[5]?.variants[0]?.sku}` : '',
      Brands: product.vendor,
    };
    const variations = isVariable
      ? product.variants.map((variant) => ({
          ID: variationId({ product, variant, quantity: 1 }),
          Type: 'variation',
          SKU: variant.sku,
          'GTIN, UPC, EAN, or ISBN': variant.barcode,
          Name: `${product.title} - ${variant.options.join(', ')}`,
          Published: 1,
          'Visibility in catalog': 'visible',
          'In stock?': 1,
          'Regular price': variant.price.toFixed(2),
          Parent: skuOfParent,
        }))
      : [];
    return [own, ...variations].map((row) => CSV_COLUMNS.map((column) => String((row as Record<string, unknown>)[column] ?? '')));
  });
  return csv([CSV_COLUMNS, ...rows]);
}

/** `GET /wp-json/wc/v3/products`, and the variations of all of them; older versions say no parent there. */
export function restProducts(
  { products }: Shop,
  { saysParent = true } = {},
): { readonly products: string; readonly variations: string } {
  const answers = products.map((product, place) => {
    const isVariable = product.variants[0]?.options.length !== 0;
    return {
      id: productId(product),
      name: product.title.replace('&', '&amp;'),
      slug: product.handle,
      permalink: `https://shop.example/product/${product.handle}/`,
      type: isVariable ? 'variable' : 'simple',
      status: place === products.length - 2 ? 'draft' : 'publish',
      catalog_visibility: 'visible',
      description: `<p>${product.title}</p>`,
      sku: isVariable ? `P-${productId(product)}` : product.variants[0]?.sku,
      price: String(product.variants[0]?.price),
      regular_price: String(product.variants[0]?.price),
      stock_status: place === 3 ? 'outofstock' : 'instock',
      parent_id: 0,
      cross_sell_ids: place === 1 ? [productId(products[2] as Product)] : [],
      categories: [{ id: 15, name: product.type, slug: product.type.toLowerCase() }],
      brands: [],
      images: [{ id: 3, src: `https://shop.example/${product.handle}.jpg`, alt: '' }],
      attributes: [],
      variations: isVariable ? product.variants.map((variant) => variationId({ product, variant, quantity: 1 })) : [],
    };
  });
  const variations = products
    .filter(({ variants }) => variants[0]?.options.length !== 0)
    .flatMap((product) =>
      product.variants.map((variant) => ({
        id: variationId({ product, variant, quantity: 1 }),
        ...(saysParent && { type: 'variation', parent_id: productId(product) }),
        name: variant.options.join(', '),
        sku: variant.sku,
        global_unique_id: variant.barcode,
        permalink: `https://shop.example/product/${product.handle}/?attribute_pa_colour=${variant.options[0]?.toLowerCase()}`,
        price: variant.price.toFixed(2),
        regular_price: variant.price.toFixed(2),
        status: 'publish',
        stock_status: 'instock',
        image: { id: 4, src: `https://shop.example/${product.handle}-${variant.options[0]}.jpg` },
        attributes: [{ id: 1, name: 'Colour', option: variant.options[0] }],
      })),
    );
  return { products: JSON.stringify(answers), variations: variations.map((each) => JSON.stringify(each)).join('\n') };
}
