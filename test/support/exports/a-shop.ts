// A drawn shop, the same for a seed: products with variants, customers with everything that is theirs, orders of things that go together.

export interface Variant {
  readonly sku: string;
  /** WooCommerce's or Shopify's number */
  readonly id: number;
  readonly options: readonly string[];
  readonly barcode: string;
  readonly price: number;
}

export interface Product {
  readonly id: number;
  readonly handle: string;
  readonly title: string;
  readonly type: string;
  readonly vendor: string;
  readonly variants: readonly Variant[];
}

export interface Customer {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly street: string;
  readonly city: string;
  readonly ip: string;
}

export interface Line {
  readonly product: Product;
  readonly variant: Variant;
  readonly quantity: number;
}

export interface Order {
  readonly number: number;
  readonly customer: Customer;
  /** epoch ms */
  readonly at: number;
  readonly fate: 'paid' | 'cancelled' | 'refunded' | 'test';
  readonly note: string;
  readonly lines: readonly Line[];
}

export interface Shop {
  readonly products: readonly Product[];
  readonly orders: readonly Order[];
}

const COLOURS = ['Red', 'Blue', 'Green', 'Sand'];
const NOUNS = ['Lamp', 'Mug', 'Tea', 'Bowl', 'Candle', 'Throw', 'Vase', 'Tray', 'Clock', 'Card', 'Jar', 'Basket'];
const WORDS = ['Oak', 'Linen', 'Stone', 'Copper', 'Willow', 'Harbour', 'Meadow', 'Juniper', 'Cinder', 'Maple'];
const FIRST_NAMES = ['Ottilie', 'Thaddeus', 'Marguerite', 'Leopold', 'Wilhelmina', 'Barnaby'];
const LAST_NAMES = ['Quillfeather', 'Abernathy-Voss', "O'Hallorann", 'Zimmerwald', 'Pemberstoke'];
const STREETS = ['Larkspur Mews', 'Tannery Wynd', 'Quayside Rise', 'Foxglove Terrace'];

/** @param of how many products and orders; every tenth product has no SKU where `someWithoutSku` */
export function aShop({ seed = 1, products = 60, orders = 400, someWithoutSku = false } = {}): Shop {
  const random = mulberry(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const range = Array.from({ length: products }, (_, i) => toProduct(i, someWithoutSku, random));
  const customers = Array.from({ length: Math.max(20, Math.round(orders / 4)) }, (_, i) => toCustomer(i, pick));
  const placed = Array.from({ length: orders }, (_, i): Order => {
    // Neighbours in the list go together: a pair, and often a third.
    const first = Math.floor(random() ** 2 * (products / 3)) * 3;
    const chosen = [
      first,
      first + 1,
      ...(random() < 0.5 ? [first + 2] : []),
      ...(random() < 0.3 ? [Math.floor(random() * products)] : []),
    ];
    const lines = [...new Set(chosen.map((place) => place % products))].map((place) => {
      const product = range[place] as Product;
      return { product, variant: pick(product.variants), quantity: random() < 0.2 ? 2 : 1 };
    });
    const fate = i % 25 === 7 ? 'cancelled' : i % 25 === 13 ? 'refunded' : i % 100 === 19 ? 'test' : 'paid';
    const customer = pick(customers);
    const note = i % 10 === 3 ? `Gift for ${customer.name}, ring ${customer.phone};\n"leave" at ${customer.street}` : '';
    return { number: 1001 + i, customer, at: Date.UTC(2026, 0, 1) + i * 3_600_000, fate, note, lines };
  });
  return { products: range, orders: placed };
}

/** Everything in the orders that is a person's, as it must not be found again. */
export function personalTexts({ orders }: Shop): string[] {
  const texts = orders.flatMap(({ customer: { name, email, phone, street, ip } }) => [
    name,
    email,
    phone,
    street,
    ip,
    ...name.split(' '),
    email.slice(0, email.indexOf('@')),
  ]);
  return [...new Set(texts)];
}

function toProduct(place: number, someWithoutSku: boolean, random: () => number): Product {
  const title = `${WORDS[place % WORDS.length]} ${NOUNS[Math.floor(place / WORDS.length) % NOUNS.length]}${place >= 120 ? ` ${place}` : ''}`;
  const count = place % 4 === 0 ? 3 : 1;
  const price = Math.round(200 + random() * 4000) / 100;
  const variants = Array.from({ length: count }, (_, v): Variant => {
    const sku = someWithoutSku && place % 10 === 9 ? '' : `${String(place).padStart(5, '0')}${count > 1 ? `-${v}` : ''}`;
    return {
      sku,
      id: 44_000_000_000 + place * 10 + v + 1,
      options: count > 1 ? [COLOURS[v] as string] : [],
      barcode: `50${String(place * 10 + v).padStart(11, '0')}`,
      price: Math.round((price + v) * 100) / 100,
    };
  });
  const handle = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return { id: 8_000_000_000 + place, handle, title, type: NOUNS[place % 5] as string, vendor: `Maker ${place % 7}`, variants };
}

function toCustomer(place: number, pick: <T>(list: readonly T[]) => T): Customer {
  const name = `${pick(FIRST_NAMES)} ${pick(LAST_NAMES)}`;
  return {
    id: 5000 + place,
    name,
    email: `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}.${place}@planted-mail.example`,
    phone: `+44770090${String(1000 + place)}`,
    street: `${place + 11} ${pick(STREETS)}`,
    city: 'Little Wexcombe',
    ip: `203.0.113.${place % 250}`,
  };
}

export function titleOf({ product, variant }: Pick<Line, 'product' | 'variant'>): string {
  return variant.options.length === 0 ? product.title : `${product.title} - ${variant.options.join(' / ')}`;
}

export function csv(rows: readonly (readonly (string | number)[])[], delimiter = ','): string {
  const cell = (value: string | number) => {
    const text = String(value);
    return text.includes(delimiter) || /["\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${rows.map((row) => row.map(cell).join(delimiter)).join('\n')}\n`;
}

/** Uniform numbers from 0 to 1, the same for a seed (Mulberry32). */
export function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
