// What the blocks' cart stores do: read and write by the Store API, tell each other by native events, and translate jQuery's if it is there.
(() => {
  const root = document.querySelector('link[rel="https://api.w.org/"]').href;
  let nonce = window.wcBlocksMiddlewareConfig.storeApiNonce;
  let cart = { items: [], items_count: 0 };

  async function ask(path, body) {
    const response = await fetch(`${root}wc/store/v1/${path}`, {
      method: body ? 'POST' : 'GET',
      cache: 'no-store',
      headers: { 'Content-Type': 'application/json', Nonce: nonce },
      ...(body && { body: JSON.stringify(body) }),
    });
    nonce = response.headers.get('Nonce') ?? nonce;
    return { isOk: response.ok, answer: await response.json() };
  }
  async function refresh() {
    const { isOk, answer } = await ask('cart');
    if (isOk) render(answer);
  }
  async function change(path, body, blockEvent) {
    let { isOk, answer } = await ask(path, body);
    if (!isOk && answer.code === 'woocommerce_rest_invalid_nonce') ({ isOk, answer } = await ask(path, body));
    if (!isOk) {
      document.querySelector('.wc-block-store-notices').textContent = answer.message;
      return;
    }
    render(answer);
    const detail = { preserveCartData: true };
    if (blockEvent) document.body.dispatchEvent(new CustomEvent(blockEvent, { bubbles: true, cancelable: true, detail }));
    window.dispatchEvent(
      new CustomEvent('wc-blocks_store_sync_required', { detail: { type: 'from_iAPI', quantityChanges: {} } }),
    );
  }
  function render(next) {
    cart = next;
    for (const badge of document.querySelectorAll('.wc-block-mini-cart__badge')) badge.textContent = cart.items_count;
    for (const table of document.querySelectorAll('.wc-block-cart-items')) table.replaceChildren(...cart.items.map(toRow));
  }
  /** Names come escaped, as WordPress writes them. */
  const textOf = (html) => new DOMParser().parseFromString(html, 'text/html').body.textContent;
  function toRow({ key, name, images: [image], sku, quantity }) {
    const row = document.createElement('tr');
    row.className = 'wc-block-cart-items__row';
    row.dataset.sku = sku;
    row.dataset.quantity = quantity;
    const button = (text, label, onClick) => {
      const element = document.createElement('button');
      element.textContent = text;
      element.ariaLabel = `${label} ${sku}`;
      element.addEventListener('click', onClick);
      return element;
    };
    const picture = Object.assign(document.createElement('img'), { src: image.thumbnail, alt: '', width: 400, height: 400 });
    const title = document.createElement('td');
    title.className = 'product-name';
    title.append(`${quantity} × ${textOf(name)}`);
    row.append(
      picture,
      title,
      button('More', 'More of', () => change('cart/update-item', { key, quantity: quantity + 1 })),
      button('Remove', 'Remove', () => change('cart/remove-item', { key })),
    );
    return row;
  }

  document.addEventListener('click', ({ target }) => {
    const button = target.closest('.wc-block-components-product-button__button');
    if (!button) return;
    void change('cart/add-item', { id: Number(button.dataset.product_id), quantity: 1 }, 'wc-blocks_added_to_cart');
  });
  window.addEventListener('wc-blocks_store_sync_required', ({ detail }) => {
    if (detail.type === 'from_@wordpress/data') void refresh();
  });
  document.body.addEventListener('wc-blocks_added_to_cart', ({ detail }) => {
    if (!detail.preserveCartData) void refresh();
  });
  // The cart and the mini cart each translate: one jQuery event is two native ones.
  for (const bubbles of [false, true]) {
    window.jQuery?.(document.body).on('added_to_cart', () => {
      document.body.dispatchEvent(new CustomEvent('wc-blocks_added_to_cart', { bubbles, detail: {} }));
    });
    window.jQuery?.(document.body).on('removed_from_cart', () => {
      document.body.dispatchEvent(new CustomEvent('wc-blocks_removed_from_cart', { bubbles, detail: {} }));
    });
  }
  void refresh();
})();
