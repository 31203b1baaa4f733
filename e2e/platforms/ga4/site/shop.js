// The shop's own script: its pages, its cart API and its data layer, in the wire form that `?form=` names.
{
  const query = new URLSearchParams(location.search);
  const form = query.get('form') ?? 'ecommerce';
  const layerName = document.documentElement.dataset.layer ?? 'dataLayer';
  window[layerName] ??= [];
  const layer = window[layerName];

  function gtag() {
    // biome-ignore lint/complexity/noArguments: gtag's own wire form
    layer.push(arguments);
  }
  const legacyKeys = { view_item: 'detail', add_to_cart: 'add', remove_from_cart: 'remove', purchase: 'purchase' };
  /** Each form of the same event, as the platforms' own documentation writes it. */
  const forms = {
    ecommerce(event, items, about) {
      layer.push({ ecommerce: null });
      layer.push({ event, user_id: 'u-1815', ecommerce: { currency: 'GBP', ...about, items: items.map(toItem) } });
    },
    gtag: (event, items, about) => gtag('event', event, { currency: 'GBP', ...about, items: items.map(toItem) }),
    legacy(event, items, { transaction_id } = {}) {
      const actionField = { ...(transaction_id && { id: transaction_id }) };
      const products = items.map(({ sku, name, price, category, quantity }) => ({
        id: sku,
        name,
        price: String(price),
        category,
        quantity,
      }));
      if (legacyKeys[event])
        layer.push({
          event: `shop.${event}`,
          ecommerce: { currencyCode: 'GBP', [legacyKeys[event]]: { actionField, products } },
        });
    },
  };
  const toItem = ({ sku, name, price, category, quantity }) => ({
    item_id: sku,
    item_name: name,
    item_category: category,
    price: form === 'gtag' ? price.toFixed(2) : price,
    ...(quantity && { quantity }),
  });
  function tell(...said) {
    for (const name of form === 'all' ? Object.keys(forms) : [form]) forms[name](...said);
  }
  const call = async (name, fields) => {
    const body = fields && new URLSearchParams(fields);
    const answer = await (await fetch(`api/${name}`, { method: fields ? 'POST' : 'GET', ...(body && { body }) })).json();
    if (/^(cart|add|remove)$/.test(name)) showCount(answer);
    return answer;
  };
  function showCount(lines) {
    const count = document.querySelector('[data-count]');
    if (count) count.textContent = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  }

  const make = (tag, about, ...nodes) => {
    const element = Object.assign(document.createElement(tag), about);
    element.append(...nodes);
    return element;
  };
  const button = (text, onClick, about) => {
    const element = make('button', { type: 'button', ...about }, text);
    element.addEventListener('click', onClick);
    return element;
  };
  const picture = ({ image }) => make('img', { src: image, alt: '', width: 400, height: 400 });
  const price = (amount) => make('span', { className: 'price' }, `£${amount.toFixed(2)}`);
  const card = (product) =>
    make('li', {}, make('a', { href: `?sku=${product.sku}` }, picture(product), product.name, ' ', price(product.price)));

  async function add(product) {
    await call('add', { sku: product.sku });
    tell('add_to_cart', [{ ...product, quantity: 1 }]);
  }

  // What a data layer cannot do: adding what is suggested.
  addEventListener('tillside:add', ({ detail: { itemId, respondWith } }) => respondWith(addSuggested(itemId)));
  async function addSuggested(sku) {
    const [product] = await call(`products?sku=${sku}`);
    await add(product);
    if (document.documentElement.dataset.page === 'cart') await pages.cart(document.querySelector('main'));
  }

  const pages = {
    async product(main) {
      const [[product, ...listed]] = await Promise.all([call(`products?sku=${query.get('sku') ?? ''}`), call('cart')]);
      const heading = main.querySelector('h1');
      heading.textContent = product.name;
      const about = make('div', {}, heading, make('p', {}, price(product.price)));
      about.append(button('Add to basket', () => add(product)));
      main.append(
        make('div', { className: 'product' }, picture(product), about),
        make('h2', {}, 'More gifts'),
        make('ul', { className: 'products' }, ...listed.filter(({ sku }) => sku !== product.sku).map(card)),
      );
      tell('view_item', [product]);
    },
    async cart(main) {
      const lines = await call('cart');
      const list = make('div');
      main.querySelector('div')?.remove();
      main.append(list);
      for (const line of lines) {
        const onRemove = async () => {
          // Some shops list the whole cart, and load the page anew.
          tell('remove_from_cart', query.get('lists') === 'cart' ? lines : [line]);
          await call('remove', { sku: line.sku });
          if (query.get('lists') === 'cart') location.reload();
          else held.remove();
        };
        const remove = button('Remove', onRemove, { ariaLabel: `Remove ${line.sku}` });
        const name = make('span', {}, `${line.quantity} × ${line.name}`);
        const held = make('p', { className: 'cart-item' }, picture(line), name, price(line.price * line.quantity), remove);
        list.append(held);
      }
      list.append(
        make('p', {}, make('a', { href: 'product.html', className: 'button' }, 'More products')),
        button('Order', async () => {
          tell('begin_checkout', lines);
          const { id, email, items } = await call('order', {});
          sessionStorage.setItem('order', JSON.stringify({ id, email, items }));
          location.href = `thanks.html${location.search}`;
        }),
      );
      tell('view_cart', lines);
    },
    async thanks() {
      const { id, email, items } = JSON.parse(sessionStorage.getItem('order'));
      layer.push({ event: 'user', user_data: { email } });
      tell('purchase', items, { transaction_id: id, value: 1 });
    },
  };
  addEventListener('DOMContentLoaded', () => {
    const toCart = document.querySelector('header [href="cart.html"]');
    if (toCart) toCart.search = location.search;
    pages[document.documentElement.dataset.page]?.(document.querySelector('main'));
  });
}
