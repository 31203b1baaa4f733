import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchProducts } from '../../examples/gift-shop/assets/search.js';
import { buildGiftShop } from '../../examples/gift-shop/build.mjs';
import { loadCatalog, type Product } from '../../examples/gift-shop/catalog/catalog.mjs';
import { escapeHtml, html, jsonLd } from '../../examples/gift-shop/templates/html.mjs';
import { productPage } from '../../examples/gift-shop/templates/product.mjs';

const PAGES = ['index.html', 'search.html', 'cart.html', 'order-confirmation.html', 'privacy.html'];
/** What another folder of the repository serves. */
const ELSEWHERE = /^\/(dist|models)\//;

let out: string;
let products: Product[];

beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'tillside-gift-shop-'));
  products = await loadCatalog();
  await buildGiftShop({ out });
}, 60_000);
afterAll(() => rmSync(out, { recursive: true, force: true }));

const page = (path: string) => readFileSync(join(out, path), 'utf8');
const jsonLdOf = (text: string) => JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)?.[1] ?? 'null');
const addButtonOf = (text: string) => /<button[^>]*data-tillside-add[^>]*>/.exec(text)?.[0] ?? '';

/** Every address of the shop itself that a page or style points to, without its query and fragment. */
function addressesIn(text: string): string[] {
  const found = text.matchAll(/\s(?:href|src|action)="(\/[^"]*)"/g);
  return [...new Set([...found].map(([, address]) => (address ?? '').replace(/[?#].*/, '')))].filter(
    (url) => !ELSEWHERE.test(url),
  );
}

describe('html', () => {
  it('escapes what is interpolated and leaves markup as it is', () => {
    const name = `<img src=x onerror="a('b')"> & more`;
    expect(String(html`<p title="${name}">${html`<b>${name}</b>`}</p>`)).toBe(
      `<p title="${escapeHtml(name)}"><b>${escapeHtml(name)}</b></p>`,
    );
    expect(escapeHtml(name)).toBe('&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt; &amp; more');
  });

  it('lets no text open a tag, an entity or the end of an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 'a', ' ') }), (text) => {
        expect(escapeHtml(text)).toMatch(/^(?:[^<>&"']|&(?:amp|lt|gt|quot|#39);)*$/);
      }),
    );
  });

  it('writes lists one after the other, and nothing for what is absent', () => {
    expect(String(html`${['<', html`<br>`]}${undefined}${null}${false}${0}`)).toBe('&lt;<br>0');
  });

  it('lets no value end a JSON-LD script, and keeps the value', () => {
    const script = String(jsonLd({ name: '</script><script>alert(1)//' }));
    expect(script.match(/<\/script>/g)).toHaveLength(1);
    expect(jsonLdOf(script)).toEqual({ name: '</script><script>alert(1)//' });
  });

  it('keeps a hostile title of a product out of the markup of its page', () => {
    const hostile = { ...(products[0] as Product), title: '</title><script>alert(1)</script>', dataTitle: '"><img src=x>' };
    const text = productPage(hostile, [hostile]);
    expect(text).not.toContain('<script>alert');
    expect(text).not.toContain('<img src=x>');
    expect(jsonLdOf(text).name).toBe(hostile.title);
  });
});

describe('the product pages', () => {
  it('are one for each product, with a tile for each', () => {
    expect(readdirSync(join(out, 'product'))).toHaveLength(products.length);
    expect(readdirSync(join(out, 'img'))).toHaveLength(products.length);
  });

  it('say in markup and JSON-LD which product they are about, and offer it by one button', () => {
    for (const { itemId, title, price, url, availability } of products) {
      const text = page(url);
      const isInStock = availability === 'in_stock';
      expect(text).toContain(` data-tillside-product="${itemId}"`);
      expect(text).toContain(`<h1>${escapeHtml(title)}</h1>`);
      expect(jsonLdOf(text)).toMatchObject({
        '@type': 'Product',
        productID: itemId,
        name: title,
        offers: { price: price.toFixed(2), availability: `https://schema.org/${isInStock ? 'InStock' : 'OutOfStock'}` },
      });
      expect(text.match(/data-tillside-add/g), itemId).toHaveLength(1);
      const button = addButtonOf(text);
      expect(button).toContain(`data-tillside-add="${itemId}"`);
      expect(button).toContain(`data-tillside-price="${price}"`);
      expect(/\sdisabled/.test(button), itemId).toBe(!isInStock);
    }
  });

  it('suggest as much alike only what is in stock, and not the product itself', () => {
    const soldOut = new Set(products.flatMap(({ url, availability }) => (availability === 'out_of_stock' ? [url] : [])));
    for (const { url } of products.slice(0, 200)) {
      const alike = [...page(url).matchAll(/class="card-link" href="([^"]+)"/g)].map(([, href]) => href ?? '');
      expect(alike).not.toContain(url);
      expect(alike.filter((href) => soldOut.has(href))).toEqual([]);
    }
  });
});

describe('every page', () => {
  const sample = () => [...PAGES, ...products.filter((_, index) => index % 97 === 0).map(({ url }) => url)];

  it('has tillside by one script tag, after the stub that keeps early calls', () => {
    for (const path of sample()) {
      const text = page(path);
      const tags = text.match(/<script async src="\/dist\/auto\.js"[^>]*>/g) ?? [];
      expect(tags, path).toHaveLength(1);
      expect(tags[0]).toContain('data-bundle="/models/gift-shop/manifest.json"');
      expect(text.indexOf('/assets/stub.js')).toBeLessThan(text.indexOf('/dist/auto.js'));
      expect(text.indexOf('/assets/stub.js')).toBeGreaterThan(0);
    }
  });

  it('asks for consent with two answers', () => {
    for (const path of sample()) {
      expect(
        page(path)
          .match(/data-consent="(granted|denied)"/g)
          ?.sort(),
        path,
      ).toEqual(['data-consent="denied"', 'data-consent="granted"']);
    }
  });

  it('has no inline script or style, so that it runs under a strict policy', () => {
    for (const path of sample()) {
      const text = page(path).replace(/<script type="application\/ld\+json">.*?<\/script>/gs, '');
      expect(text.match(/<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle="|\son[a-z]+="/g), path).toBeNull();
    }
  });

  it('gives every picture its size, so that nothing moves when it comes', () => {
    for (const path of sample()) {
      const pictures = page(path).match(/<img[^>]*>/g) ?? [];
      for (const picture of pictures) expect(picture, path).toMatch(/ width="\d+" height="\d+"/);
    }
  });

  it('points only to addresses that exist', () => {
    for (const path of sample()) {
      for (const address of addressesIn(page(path))) {
        const file = address.endsWith('/') ? `${address}index.html` : address;
        expect(existsSync(join(out, file)), `${path} → ${address}`).toBe(true);
      }
    }
  });

  it('has one main landmark, one first heading and no id twice', () => {
    for (const path of sample()) {
      const text = page(path);
      expect(text.match(/<main[\s>]/g), path).toHaveLength(1);
      expect(text.match(/<h1[\s>]/g), path).toHaveLength(1);
      const ids = [...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size, path).toBe(ids.length);
    }
  });
});

describe('the scripts and the home page', () => {
  it('import and fetch only files that are there', () => {
    const scripts = readdirSync(join(out, 'assets')).filter((file) => file.endsWith('.js'));
    for (const file of scripts) {
      const imported = [...page(join('assets', file)).matchAll(/from '\.\/([^']+)'/g)].map(([, name]) => name ?? '');
      for (const name of imported) expect(scripts, file).toContain(name);
    }
    const { departments, products: rows } = JSON.parse(page('assets/products.json'));
    expect(rows).toHaveLength(products.length);
    for (const [, , , department] of rows) expect(departments[department]).toBeDefined();
  });

  it('link products and the cart', () => {
    const links = addressesIn(page('index.html'));
    expect(links.filter((url) => url.startsWith('/product/')).length).toBeGreaterThanOrEqual(10);
    expect(links).toContain('/cart.html');
  });

  it('leave it to the cart page’s script to mark a row, in a cart that is busy until then', () => {
    expect(page('cart.html')).toMatch(/<ul[^>]* data-tillside-cart aria-busy="true"><\/ul>/);
    expect(page('cart.html')).toContain('<tillside-suggestions placement="cart" size="4">');
  });
});

describe('searchProducts', () => {
  const shelf = () =>
    products.map(({ itemId, title, price, category }) => ({
      itemId,
      title,
      price,
      department: { name: category, slug: category.toLowerCase().replace(/[^a-z]+/g, '-') },
      isInStock: true,
      url: '',
      imageUrl: '',
    }));
  const titles = (wanted: Parameters<typeof searchProducts>[1]) => searchProducts(shelf(), wanted).map(({ title }) => title);

  it('finds what holds every word, in any case and order', () => {
    const found = titles({ q: 'TIER regency' });
    expect(found).toContain('Regency Cakestand 3 Tier');
    for (const title of found) expect(title.toLowerCase()).toMatch(/^(?=.*tier)(?=.*regency)/);
  });

  it('finds by the department too, after all whose titles say it', () => {
    const areNamed = titles({ q: 'bag retrospot' }).map((title) => /\bbag/i.test(title));
    expect(areNamed).toContain(false);
    expect(areNamed.lastIndexOf(true)).toBe(areNamed.indexOf(false) - 1);
  });

  it('finds the one thing by the word for several', () => {
    expect(titles({ q: 'cakestands' })).toContain('Regency Cakestand 3 Tier');
  });

  it('finds an item by its number', () => {
    expect(titles({ q: '85123a' })).toEqual(['White Hanging Heart T-Light Holder']);
  });

  it('finds everything without words and nothing for words that no title has', () => {
    expect(titles({})).toHaveLength(products.length);
    expect(titles({ q: 'zeppelin hangar' })).toEqual([]);
  });

  it('orders by price both ways', () => {
    const prices = (sort: string) => searchProducts(shelf(), { q: 'mug', sort }).map(({ price }) => price);
    expect(prices('price-up')).toEqual([...prices('price-up')].sort((a, b) => a - b));
    expect(prices('price-down')).toEqual(prices('price-up').reverse());
    expect(prices('price-up').length).toBeGreaterThan(10);
  });
});
