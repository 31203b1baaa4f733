// The shop's own script: its pages, its cart API, and its contexts and events as Adobe Commerce publishes them.
{
  const query = new URLSearchParams(location.search);
  window.adobeDataLayer ??= [];
  const layer = window.adobeDataLayer;

  /** A context is emptied before it is set. */
  const setContext = (name, context) => {
    layer.push({ [name]: null });
    layer.push({ [name]: context });
  };
  /** An event repeats the state, with all that it holds of the shopper. */
  const publish = (event) => layer.push((dl) => dl.push({ event, eventInfo: { ...dl.getState() } }));
  const toProduct = ({ sku, name, price }) => ({
    productId: Number.parseInt(sku, 10),
    sku,
    name,
    topLevelSku: null,
    pricing: { regularPrice: price, currencyCode: 'GBP' },
    canonicalUrl: `product.html?sku=${sku}`,
  });
  const toLine = (line) => ({
    id: btoa(line.sku),
    quantity: line.quantity,
    canApplyMsrp: false,
    formattedPrice: `£${line.price}`,
    prices: { price: { value: line.price, currency: 'GBP' } },
    product: toProduct(line),
  });
  const setCart = (lines) =>
    setContext('shoppingCartContext', {
      id: 'cart-1',
      items: lines.map(toLine),
      totalQuantity: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    });
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

  layer.push({
    shopperContext: { shopperId: 'logged-in' },
    accountContext: { emailAddress: 'ada@example.com', firstName: 'Ada' },
  });

  const pages = {
    async product(main) {
      const products = await call('products');
      const product = products.find(({ sku }) => sku === query.get('sku')) ?? products[0];
      setCart(await call('cart'));
      setContext('productContext', toProduct(product));
      publish('product-page-view');
      main.append(
        button('Add to basket', async () => {
          const lines = await call('add', { sku: product.sku });
          const tellCart = () => setCart(lines);
          const tellEvent = () => {
            setContext('changedProductsContext', { items: [toLine({ ...product, quantity: 1 })] });
            publish('add-to-cart');
          };
          // Shops do it in either order.
          for (const tell of query.get('order') === 'event-first' ? [tellEvent, tellCart] : [tellCart, tellEvent]) tell();
        }),
      );
    },
    async cart(main) {
      const lines = await call('cart');
      for (const line of lines) {
        const row = document.createElement('p');
        const remove = button(`Remove ${line.sku}`, async () => {
          setCart(await call('remove', { sku: line.sku }));
          setContext('changedProductsContext', { items: [toLine(line)] });
          publish('remove-from-cart');
          row.remove();
        });
        row.append(`${line.quantity} × ${line.name} `, remove);
        main.append(row);
      }
      main.append(
        button('Order', async () => {
          publish('initiate-checkout');
          const { id, email } = await call('order', {});
          setContext('orderContext', { orderId: id, email, grandTotal: 1 });
          publish('place-order');
        }),
      );
      setCart(lines);
      publish('shopping-cart-view');
    },
  };
  addEventListener('DOMContentLoaded', () => pages[document.documentElement.dataset.page]?.(document.querySelector('main')));
}
