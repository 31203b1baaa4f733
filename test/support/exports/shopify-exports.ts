// A drawn shop as Shopify's admin exports it: the columns are those of an export of 2025, in their order.
import { csv, type Order, type Shop, titleOf } from './a-shop.js';

const ADDRESS = ['Name', 'Street', 'Address1', 'Address2', 'Company', 'City', 'Zip', 'Province', 'Country', 'Phone'];
export const ORDER_COLUMNS = [
  ...['Name', 'Email', 'Financial Status', 'Paid at', 'Fulfillment Status', 'Fulfilled at', 'Accepts Marketing', 'Currency'],
  ...['Subtotal', 'Shipping', 'Taxes', 'Total', 'Discount Code', 'Discount Amount', 'Shipping Method', 'Created at'],
  ...['Lineitem quantity', 'Lineitem name', 'Lineitem price', 'Lineitem compare at price', 'Lineitem sku'],
  ...['Lineitem requires shipping', 'Lineitem taxable', 'Lineitem fulfillment status'],
  ...ADDRESS.map((name) => `Billing ${name}`),
  ...ADDRESS.map((name) => `Shipping ${name}`),
  ...['Notes', 'Note Attributes', 'Cancelled at', 'Payment Method', 'Payment Reference', 'Refunded Amount', 'Vendor'],
  ...['Outstanding Balance', 'Employee', 'Location', 'Device ID', 'Id', 'Tags', 'Risk Level', 'Source', 'Lineitem discount'],
  ...[1, 2, 3, 4, 5].flatMap((n) => [`Tax ${n} Name`, `Tax ${n} Value`]),
  ...['Phone', 'Receipt Number', 'Duties', 'Billing Province Name', 'Shipping Province Name', 'Payment ID'],
  ...['Payment Terms Name', 'Next Payment Due At', 'Payment References'],
];

/** `2026-01-31 10:00:00 +0000` */
export function shopifyTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} +0000`;
}

/** One row a line; what is the order's stands on its first row only, name, e-mail and time on all. */
export function shopifyOrders({ orders }: Shop, delimiter = ','): string {
  return csv([ORDER_COLUMNS, ...orders.flatMap(orderRows)], delimiter);
}

function orderRows(order: Order): string[][] {
  const { number, customer, at, lines, note, fate } = order;
  return lines.map((line, i) => {
    const fields: Record<string, string | number> = {
      Name: `#${number}`,
      Email: customer.email,
      'Created at': shopifyTime(at),
      'Lineitem quantity': line.quantity,
      'Lineitem name': titleOf(line),
      'Lineitem price': line.variant.price.toFixed(2),
      'Lineitem sku': line.variant.sku,
      'Lineitem requires shipping': 'true',
      'Lineitem taxable': 'true',
      'Lineitem fulfillment status': 'fulfilled',
      'Lineitem discount': '0.00',
      Vendor: line.product.vendor,
      Phone: customer.phone,
      ...(i === 0 && {
        'Financial Status': fate === 'refunded' ? 'refunded' : 'paid',
        'Paid at': shopifyTime(at),
        'Fulfillment Status': 'fulfilled',
        'Accepts Marketing': 'no',
        Currency: 'GBP',
        Total: lines.reduce((sum, { variant, quantity }) => sum + variant.price * quantity, 0).toFixed(2),
        ...Object.fromEntries(['Billing', 'Shipping'].flatMap((kind) => address(kind, order))),
        Notes: note,
        'Cancelled at': fate === 'cancelled' ? shopifyTime(at + 3_600_000) : '',
        'Payment Method': fate === 'test' ? 'bogus' : 'Shopify Payments',
        Id: 5_600_000_000_000 + number,
        'Risk Level': 'Low',
        Source: 'web',
      }),
    };
    return ORDER_COLUMNS.map((column) => String(fields[column] ?? ''));
  });
}

function address(kind: string, { customer }: Order): [string, string][] {
  return [
    [`${kind} Name`, customer.name],
    [`${kind} Street`, `${customer.street}\n${customer.city}`],
    [`${kind} Address1`, customer.street],
    [`${kind} City`, customer.city],
    [`${kind} Zip`, "'SN8 3AB"],
    [`${kind} Country`, 'GB'],
    [`${kind} Phone`, customer.phone],
  ];
}

const PRODUCT_COLUMNS = [
  ...['Handle', 'Title', 'Body (HTML)', 'Vendor', 'Product Category', 'Type', 'Tags', 'Published'],
  ...[1, 2, 3].flatMap((n) => [`Option${n} Name`, `Option${n} Value`, `Option${n} Linked To`]),
  ...['Variant SKU', 'Variant Grams', 'Variant Inventory Tracker', 'Variant Inventory Qty', 'Variant Inventory Policy'],
  ...['Variant Fulfillment Service', 'Variant Price', 'Variant Compare At Price', 'Variant Requires Shipping', 'Variant Taxable'],
  ...['Unit Price Total Measure', 'Variant Barcode', 'Image Src', 'Image Position', 'Image Alt Text', 'Gift Card', 'SEO Title'],
  ...['Variant Image', 'Variant Weight Unit', 'Cost per item', 'Included / International', 'Price / International', 'Status'],
];
/** What the columns are called since 2025. */
const NEW_NAMES: Readonly<Record<string, string>> = {
  Handle: 'URL handle',
  'Body (HTML)': 'Description',
  'Product Category': 'Product category',
  Published: 'Published on online store',
  'Variant SKU': 'SKU',
  'Variant Inventory Tracker': 'Inventory tracker',
  'Variant Inventory Qty': 'Inventory quantity',
  'Variant Inventory Policy': 'Continue selling when out of stock',
  'Variant Price': 'Price',
  'Variant Barcode': 'Barcode',
  'Image Src': 'Product image URL',
  'Variant Image': 'Variant image URL',
};

/** One row a variant and one a further picture; a product's fields on its first row only. The last product but one is a draft. */
export function shopifyProducts({ products }: Shop, { isNew = false } = {}): string {
  const rows = products.flatMap((product, place) => {
    const { handle, title, vendor, type, variants } = product;
    const image = `https://cdn.shopify.com/s/files/1/0001/${handle}.jpg?v=1`;
    const first = {
      Title: title,
      'Body (HTML)': `<p>A "${title}", by hand;\nof ${vendor}.</p>`,
      Vendor: vendor,
      'Product Category': 'Home & Garden > Decor',
      Type: type,
      Published: 'true',
      'Image Src': image,
      'Image Position': '1',
      'Gift Card': 'false',
      Status: place === products.length - 2 ? 'draft' : 'active',
    };
    const ofVariants = variants.map(
      (variant, i): Record<string, string> => ({
        Handle: handle,
        ...(i === 0 && first),
        'Option1 Name': i === 0 ? (variant.options.length > 0 ? 'Colour' : 'Title') : '',
        'Option1 Value': variant.options[0] ?? 'Default Title',
        'Variant SKU': variant.sku,
        'Variant Inventory Tracker': 'shopify',
        'Variant Inventory Qty': place === 3 ? '0' : '12',
        'Variant Inventory Policy': 'deny',
        'Variant Price': variant.price.toFixed(2),
        'Variant Barcode': `'${variant.barcode}`,
      }),
    );
    return [
      ...ofVariants,
      { Handle: handle, 'Image Src': image.replace('.jpg', '-2.jpg'), 'Image Position': '2' } as Record<string, string>,
    ];
  });
  const names = PRODUCT_COLUMNS.map((column) => (isNew ? (NEW_NAMES[column] ?? column.replace(' Value', ' value')) : column));
  return csv([names, ...rows.map((row) => PRODUCT_COLUMNS.map((column) => row[column] ?? ''))]);
}
