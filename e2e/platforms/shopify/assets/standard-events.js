// The shapes of Shopify's standard events library: fields on the event, ids as gids, carts whose lines have no variant.
const gid = (type, id) => (`${id}`.startsWith('gid://') ? `${id}` : `gid://shopify/${type}/${id}`);

class ShopifyStandardEvent extends Event {
  constructor(type, payload) {
    super(type, { bubbles: true, composed: true });
    Object.assign(this, payload);
  }
}

class CartLinesUpdateEvent extends ShopifyStandardEvent {
  static createPromise() {
    const deferred = {};
    deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }));
    return deferred;
  }

  static createCartFromAjaxResponse(cart) {
    const cost = (hundredths) => ({ totalAmount: { amount: (hundredths / 100).toFixed(2), currencyCode: cart.currency } });
    return {
      id: gid('Cart', cart.token),
      totalQuantity: cart.item_count,
      cost: cost(cart.total_price),
      lines: cart.items.map(({ key, quantity, final_line_price }) => ({
        id: gid('CartLine', key),
        quantity,
        cost: cost(final_line_price),
      })),
      discountCodes: [],
    };
  }

  constructor({ action, lines, ...payload }) {
    const [key, type] = action === 'add' ? ['merchandiseId', 'ProductVariant'] : ['id', 'CartLine'];
    super('shopify:cart:lines-update', {
      ...payload,
      action,
      lines: lines.map((line) => ({ ...line, [key]: gid(type, line[key]) })),
    });
  }
}

window.StandardEvents = {
  CartLinesUpdateEvent,
  CartErrorEvent: class extends ShopifyStandardEvent {
    constructor(payload) {
      super('shopify:cart:error', payload);
    }
  },
  CartViewEvent: class extends ShopifyStandardEvent {
    constructor(payload) {
      super('shopify:cart:view', payload);
    }
  },
  ProductViewEvent: class extends ShopifyStandardEvent {
    constructor({ product, ...payload }) {
      super('shopify:product:view', { ...payload, product: { ...product, id: gid('Product', product.id) } });
    }
  },
};
