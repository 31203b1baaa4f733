// A theme that announces what it does by standard events, and configures the actions. `?actions=default` leaves them as they are.
const root = window.Shopify.routes.root;
const { CartErrorEvent, CartLinesUpdateEvent, ProductViewEvent } = window.StandardEvents;

/** Loads sections as documents, which Trusted Types allow, and puts their contents in place. */
function renderSection(id, selector, within) {
  const target = document.querySelector(selector);
  if (!target) return Promise.resolve();
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('GET', `${location.pathname}?section_id=${id}`);
    request.responseType = 'document';
    request.onload = () => {
      const fresh = request.response?.querySelector(within);
      if (fresh) target.replaceChildren(...document.adoptNode(fresh).childNodes);
      resolve();
    };
    request.send();
  });
}

function renderCart() {
  const section = (name) => `template--18__cart-${name}`;
  return Promise.all([
    renderSection('cart-drawer', '.drawer__inner', '.drawer__inner'),
    renderSection('cart-icon-bubble', '#cart-icon-bubble', '.shopify-section'),
    renderSection(section('items'), `#shopify-section-${section('items')}`, '.shopify-section'),
    renderSection(section('footer'), `#shopify-section-${section('footer')}`, '.shopify-section'),
  ]);
}

/** Announces a change, makes it over the Ajax API, and settles the announcement. */
async function change(target, { path, body, ...announced }) {
  const { promise, resolve, reject } = CartLinesUpdateEvent.createPromise();
  promise.catch(() => {});
  target.dispatchEvent(new CartLinesUpdateEvent({ ...announced, promise }));
  const response = await fetch(`${root}cart/${path}`, { method: 'POST', headers: { Accept: 'application/json' }, body });
  const answer = await response.json().catch(() => ({}));
  if (response.status >= 500) {
    target.dispatchEvent(new CartErrorEvent({ error: 'The request failed', code: 'SERVICE_UNAVAILABLE' }));
    return reject(new Error('The request failed'));
  }
  const cart = CartLinesUpdateEvent.createCartFromAjaxResponse(await (await fetch(`${root}cart.js`)).json());
  resolve(response.ok ? { cart } : { cart, userErrors: [{ code: 'INVALID', field: [], message: answer.description }] });
  await renderCart();
  return response.ok ? undefined : answer.description;
}

document.addEventListener('submit', async (event) => {
  const form = event.target.closest('product-form form');
  if (!form) return;
  event.preventDefault();
  const body = new FormData(form);
  const lines = [{ merchandiseId: body.get('id'), quantity: Number(body.get('quantity')) }];
  const problem = await change(form, { action: 'add', context: 'product', lines, path: 'add.js', body });
  const message = form.querySelector('.product-form__error-message');
  message.hidden = !problem;
  message.textContent = problem ?? '';
});

function updateLine(element, quantity) {
  const id = element.closest('[data-key]').dataset.key;
  const body = new URLSearchParams({ id, quantity });
  return change(element, {
    action: quantity ? 'update' : 'remove',
    context: 'cart',
    lines: [{ id, quantity }],
    path: 'change.js',
    body,
  });
}
document.addEventListener('click', ({ target }) => target.closest('cart-remove-button') && updateLine(target, 0));
document.addEventListener(
  'change',
  ({ target }) => target.matches('.quantity__input') && updateLine(target, Number(target.value)),
);

document.addEventListener('DOMContentLoaded', () => {
  const { product, currency } = window.ShopifyAnalytics.meta;
  const [variant] = product?.variants ?? [];
  if (variant)
    document.querySelector('main').dispatchEvent(
      new ProductViewEvent({
        context: 'page',
        selectedOptions: [],
        product: {
          ...{ id: product.id, title: variant.name, handle: location.pathname.split('/').pop() },
          selectedVariant: {
            ...{
              id: `gid://shopify/ProductVariant/${variant.id}`,
              title: 'Default Title',
              availableForSale: true,
              selectedOptions: [],
            },
            price: { amount: (variant.price / 100).toFixed(2), currencyCode: currency },
          },
        },
      }),
    );
  if (new URLSearchParams(location.search).get('actions') === 'default') return;
  window.Shopify.actions.updateCart.configure({
    eventTarget: () => document.querySelector('cart-drawer'),
    async handler(defaultHandler) {
      const result = await defaultHandler();
      await renderCart();
      return result;
    },
  });
});
