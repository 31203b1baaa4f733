// Both buttons add on the server and tell the data layer once it is done; the first is marked up for tillside too.
window.dataLayer ??= [];
addEventListener('click', async ({ target }) => {
  const sku = target.dataset.tillsideAdd ?? target.dataset.sku;
  if (!sku) return;
  await fetch('api/add', { method: 'POST', body: new URLSearchParams({ sku }) });
  const items = [{ item_id: sku, price: sku === '22423' ? 12.75 : 2.95, quantity: 1 }];
  window.dataLayer.push({ ecommerce: null }, { event: 'add_to_cart', ecommerce: { currency: 'GBP', items } });
});
