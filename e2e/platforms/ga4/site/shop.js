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
  const call = async (name, fields) =>
    (
      await fetch(`api/${name}`, { method: fields ? 'POST' : 'GET', ...(fields && { body: new URLSearchParams(fields) }) })
    ).json();

  const button = (text, onClick) => {
    const element = document.createElement('button');
    element.type = 'button';
    element.textContent = text;
    element.addEventListener('click', onClick);
    return element;
  };

  const pages = {
    async product(main) {
      const products = await call('products');
      const product = products.find(({ sku }) => sku === query.get('sku')) ?? products[0];
      main.append(
        button('Add to basket', async () => {
          await call('add', { sku: product.sku });
          tell('add_to_cart', [{ ...product, quantity: 1 }]);
        }),
      );
      tell('view_item', [product]);
    },
    async cart(main) {
      const lines = await call('cart');
      for (const line of lines) {
        const row = document.createElement('p');
        const remove = button(`Remove ${line.sku}`, async () => {
          // Some shops list the whole cart, and load the page anew.
          tell('remove_from_cart', query.get('lists') === 'cart' ? lines : [line]);
          await call('remove', { sku: line.sku });
          if (query.get('lists') === 'cart') location.reload();
          else row.remove();
        });
        row.append(`${line.quantity} × ${line.name} `, remove);
        main.append(row);
      }
      main.append(
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
  addEventListener('DOMContentLoaded', () => pages[document.documentElement.dataset.page]?.(document.querySelector('main')));
}
