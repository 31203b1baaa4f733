import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createShopifyThemeSource } from '../../../src/page/adapters/shopify-theme.js';
import { CAKESTAND, type FakeShop, HEART, idOf, openShop, SOLD_OUT, startSource } from './shopify-shop.js';

let shop: FakeShop;
let page: ReturnType<typeof startSource>;

/** Starts, and waits for the cart as it is at first. */
async function start(): Promise<void> {
  page = startSource(createShopifyThemeSource);
  await vi.waitFor(() => expect(page.snapshots()).toHaveLength(1));
}

beforeEach(() => {
  shop = openShop();
});
afterEach(() => {
  page.stop();
  expect(page.errors).toEqual([]);
  shop.close();
});

describe('an add from the widget', () => {
  const order = (item: typeof HEART, itemId = item.sku) => ({
    itemId,
    quantity: 1,
    item: { itemId, url: `https://shop.example/en/products/${item.handle}?utm=1` },
  });

  it('finds the variant by the product’s SKU, and leaves the counting to who asked', async () => {
    await start();
    await page.source.add?.(order(HEART));
    expect(shop.requests).toContain('GET /products/hanging-heart.js');
    expect(shop.items).toEqual([expect.objectContaining({ id: HEART.id, quantity: 1 })]);
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.mutations()).toEqual([]);
  });

  it('takes a numeric id at its word where no url leads to a product', async () => {
    await start();
    await page.source.add?.({ itemId: idOf(CAKESTAND), quantity: 3 });
    expect(shop.items).toEqual([expect.objectContaining({ id: CAKESTAND.id, quantity: 3 })]);
  });

  it('takes what can be bought of a product that the bundle knows by its handle', async () => {
    await start();
    await page.source.add?.(order(CAKESTAND, 'cakestand'));
    expect(shop.items).toEqual([expect.objectContaining({ id: CAKESTAND.id })]);
  });

  it('rejects in Shopify’s own words when it refuses (woocommerce#42530)', async () => {
    await start();
    await expect(page.source.add?.(order(SOLD_OUT))).rejects.toThrow("The product 'Sold out' is already sold out.");
    expect(page.mutations()).toEqual([]);
  });

  it('says what is missing where neither id nor url lead to a variant', async () => {
    await start();
    await expect(page.source.add?.({ itemId: '85123A', quantity: 1 })).rejects.toThrow('its url leads to no product');
    const gone = { ...order(HEART), item: { itemId: '85123A', url: '/products/gone' } };
    await expect(page.source.add?.(gone)).rejects.toThrow('the shop has no product "gone"');
  });

  it('is taken back by its quantity, from the line without properties', async () => {
    shop.items.push(
      { id: HEART.id, quantity: 2, properties: { engraving: 'Ada' } },
      { id: CAKESTAND.id, quantity: 3, properties: {} },
    );
    await start();
    await page.source.remove?.({ ...order(CAKESTAND), quantity: 2 });
    expect(shop.items.map(({ quantity }) => quantity)).toEqual([2, 1]);
  });

  it('has the drawer, the bubble and the cart page show it, by sections that Trusted Types allow (dawn#1832)', async () => {
    const { open } = XMLHttpRequest.prototype;
    const sections: Record<string, string> = {
      'cart-drawer': '<div class="drawer__inner">drawer: one<script>document.title = "run"</script></div>',
      'cart-icon-bubble': '<div id="shopify-section-cart-icon-bubble" class="shopify-section">1</div>',
      'template--7__cart-items':
        '<div id="shopify-section-template--7__cart-items" class="shopify-section"><link rel="stylesheet" href="data:text/css,"><div class="js-contents">row: one</div></div>',
    };
    const asked: string[] = [];
    XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, _method: string, url: string | URL) {
      const id = new URL(url, location.href).searchParams.get('section_id') ?? '';
      asked.push(id);
      Reflect.apply(open, this, ['GET', URL.createObjectURL(new Blob([sections[id] ?? ''], { type: 'text/html' }))]);
    };
    await start();
    document.body.innerHTML = `<a id="cart-icon-bubble">0</a>
      <cart-drawer class="is-empty"><div id="CartDrawer"><p>overlay</p><div class="drawer__inner">drawer: none</div></div></cart-drawer>
      <div id="shopify-section-template--7__cart-items"><i>style</i><cart-items class="is-empty"><div class="js-contents">none</div></cart-items></div>
      <div id="shopify-section-header">header</div>`;
    const { title } = document;
    await page.source.add?.(order(HEART));
    await vi.waitFor(() => {
      expect(document.querySelector('#cart-icon-bubble')?.textContent).toBe('1');
      expect(document.querySelector('#CartDrawer')?.textContent).toMatch(/^overlaydrawer: one/);
      expect(document.querySelector('[id$=cart-items]')?.textContent).toBe('stylerow: one');
    });
    expect(document.querySelectorAll('.is-empty')).toHaveLength(0);
    expect(asked.sort()).toEqual(Object.keys(sections));
    expect(document.title).toBe(title);
  });

  it('is seen by others’ hooks, and by events that themes read their cart on', async () => {
    await start();
    const ours = window.fetch;
    const seen: unknown[] = [];
    window.fetch = (...args) => {
      seen.push(args[0]);
      return ours(...args);
    };
    const events: string[] = [];
    const onRefresh = ({ type }: Event) => events.push(type);
    for (const type of ['cart:refresh', 'cart:build']) document.addEventListener(type, onRefresh, { once: true });
    await page.source.add?.(order(HEART));
    expect(seen).toContain('/cart/add.js');
    expect(events).toEqual(['cart:refresh', 'cart:build']);
    window.fetch = ours;
  });
});
