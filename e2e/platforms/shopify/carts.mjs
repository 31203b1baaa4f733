// The carts of a Shopify shop, one a visitor, with the answers of its Ajax API and of the Storefront API's cart mutations.

/** @typedef {import('./catalogue.mjs').Product} Product */
/** @typedef {{ product: Product, quantity: number, properties: Record<string, string> }} Line */
/** @typedef {{ status: number, body: Record<string, unknown> }} Answer */

/** @param {string} description @returns {Answer} */
const refuse = (description) => ({ status: 422, body: { status: 422, message: 'Cart Error', description } });

export class Cart {
  /** @type {Line[]} */
  lines = [];
  /** @type {Record<string, string>} */
  attributes = {};
  #products;
  #token;

  /** @param {readonly Product[]} products @param {string} token */
  constructor(products, token) {
    this.#products = products;
    this.#token = token;
  }

  /** `/cart.js` */
  toJson() {
    const items = this.lines.map(toLineJson);
    const total = items.reduce((sum, { line_price }) => sum + line_price, 0);
    return {
      ...{
        token: this.#token,
        note: null,
        attributes: this.attributes,
        item_count: this.lines.reduce((sum, { quantity }) => sum + quantity, 0),
      },
      ...{ original_total_price: total, total_price: total, total_discount: 0, total_weight: 0, items_subtotal_price: total },
      ...{ items, requires_shipping: true, currency: 'GBP', cart_level_discount_applications: [], discount_codes: [] },
    };
  }

  /**
   * `cart/add.js`
   *
   * @param {readonly { id: string, quantity: number, properties?: Record<string, string> }[]} wanted
   * @param {boolean} isList whether it was asked with `items`
   * @returns {Answer}
   */
  add(wanted, isList) {
    const found = wanted.map(({ id, ...rest }) => ({
      ...rest,
      product: this.#products.find((one) => String(one.variantId) === id),
    }));
    const known = found.flatMap(({ product, ...rest }) => (product ? [{ ...rest, product }] : []));
    if (!known.length || known.length < found.length) return refuse('Cannot find variant');
    const soldOut = known.find(({ product }) => !product.available);
    if (soldOut) return refuse(`The product '${soldOut.product.title}' is already sold out.`);
    const lines = known.map(({ product, quantity, properties = {} }) => {
      const key = JSON.stringify(properties);
      const held = this.lines.find((line) => line.product === product && JSON.stringify(line.properties) === key);
      const line = held ?? { product, quantity: 0, properties };
      line.quantity += quantity;
      if (!held) this.lines.unshift(line);
      return toLineJson(line);
    });
    return { status: 200, body: isList ? { items: lines } : /** @type {Record<string, unknown>} */ (lines[0]) };
  }

  /** `cart/change.js` @param {{ id?: string, line?: number, quantity: number }} wanted @returns {Answer} */
  change({ id, line, quantity }) {
    const held = this.lines.find((one, i) => i + 1 === line || keyOf(one) === id || String(one.product.variantId) === id);
    if (!held) return refuse('no valid id or line parameter');
    held.quantity = quantity;
    return this.#settled();
  }

  /**
   * `cart/update.js`
   *
   * @param {Record<string, number>} updates by variant id or key
   * @param {Record<string, string>} [attributes] those that are named; an empty one goes
   * @returns {Answer}
   */
  update(updates, attributes = {}) {
    const all = Object.entries({ ...this.attributes, ...attributes });
    this.attributes = Object.fromEntries(all.filter(([, value]) => value !== ''));
    for (const line of this.lines) line.quantity = updates[keyOf(line)] ?? updates[line.product.variantId] ?? line.quantity;
    return this.#settled();
  }

  clear() {
    this.lines = [];
    return this.#settled();
  }

  #settled() {
    this.lines = this.lines.filter(({ quantity }) => quantity > 0);
    return { status: 200, body: this.toJson() };
  }
}

/** @param {Line} line */
export function keyOf({ product, properties }) {
  return `${product.variantId}:${Buffer.from(JSON.stringify(properties)).toString('hex').slice(0, 32)}`;
}

/** @param {Line} line */
function toLineJson(line) {
  const { product, quantity, properties } = line;
  const { id, variantId, sku, title, handle, price, image } = product;
  return {
    ...{ id: variantId, variant_id: variantId, product_id: id, key: keyOf(line), quantity, properties, sku, title, handle },
    ...{ product_title: title, variant_title: null, vendor: 'Tiny Gifts', product_type: 'Gifts', image, gift_card: false },
    ...{ price, original_price: price, presentment_price: price / 100, discounted_price: price, final_price: price },
    ...{
      line_price: price * quantity,
      original_line_price: price * quantity,
      final_line_price: price * quantity,
      total_discount: 0,
    },
    ...{ url: `/products/${handle}?variant=${variantId}`, featured_image: { url: image, alt: title, aspect_ratio: 1 } },
    ...{ options_with_values: [{ name: 'Title', value: 'Default Title' }], requires_shipping: true, taxable: true },
  };
}
