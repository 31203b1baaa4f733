// Shopify.actions as Shopify puts them on every Liquid page: written to the Storefront API, the page reloaded, unless a theme configures them.
const API = '/api/2026-07/graphql.json';
const MUTATIONS = { add: 'cartLinesAdd', update: 'cartLinesUpdate', remove: 'cartLinesUpdate' };
let configured;

async function write(action, lines) {
  const body = JSON.stringify({ query: `mutation { ${MUTATIONS[action]} }`, variables: { lines } });
  const response = await fetch(API, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  if (!response.ok) throw new Error(`Cart request failed (${response.status})`);
  const { cart, userErrors } = await response.json();
  return { cart, ...(userErrors.length && { userErrors }) };
}

function updateCart({ lines }) {
  const [first] = lines;
  const action = first.merchandiseId ? 'add' : first.quantity === 0 ? 'remove' : 'update';
  const { CartLinesUpdateEvent, CartErrorEvent } = window.StandardEvents;
  const { promise, resolve, reject } = CartLinesUpdateEvent.createPromise();
  const target = configured?.eventTarget({ type: 'shopify:cart:lines-update', action }) ?? document;
  // The event comes before the change, and whether or not that succeeds.
  target.dispatchEvent(new CartLinesUpdateEvent({ action, context: 'standard-action', lines, promise }));
  const written = write(action, lines);
  written.then(resolve, (error) => {
    target.dispatchEvent(new CartErrorEvent({ error: error.message, code: 'SERVICE_UNAVAILABLE' }));
    reject(error);
  });
  promise.catch(() => {});
  if (configured) return configured.handler(() => written, { lines });
  return written.then((result) => {
    if (result.userErrors) return result;
    location.reload();
    return new Promise(() => {});
  });
}

updateCart.configure = (options) => {
  configured ??= options;
  return configured === options;
};
updateCart.isDefault = () => !configured;

window.Shopify.actions = Object.freeze({
  updateCart,
  async getCart() {
    const { CartLinesUpdateEvent } = window.StandardEvents;
    const cart = await (await fetch('/cart.js')).json();
    const { lines, ...summary } = CartLinesUpdateEvent.createCartFromAjaxResponse(cart);
    return { cart: { ...summary, lines: { nodes: lines } } };
  },
});
