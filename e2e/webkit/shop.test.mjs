// The main journey in WebKitGTK: the same shop, the same bundle, a third engine.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWebkit } from './session.mjs';

const SLATE_TIMEOUT_MS = 30_000;

/** @type {Awaited<ReturnType<typeof openWebkit>>} */
let webkit;
before(async () => {
  webkit = await openWebkit();
});
after(() => webkit?.close());

/** @param {string} script @returns {Promise<any>} what it returns in the page */
const inPage = (script) => webkit.browser.executeScript(script);

/** Opens a page whose scripts have run: WebKitGTK's driver at times answers as soon as the page can be read. @param {string} url */
async function visit(url) {
  await webkit.browser.get(url);
  await until('return document.readyState', (state) => state === 'complete');
}

const SLATE = `const host = document.querySelector('tillside-suggestions');
return [...(host?.shadowRoot?.querySelectorAll('li') ?? [])].map((card) => card.dataset.itemId);`;
/** The first stage's slate comes before the model's. */
const STRATEGY = `return document.querySelector('tillside-suggestions')?.dataset.strategy`;
const CART = `return [...document.querySelectorAll('[data-tillside-cart] [data-tillside-item]')].map((row) => row.dataset.tillsideItem);`;

/** Waits until what a script returns passes. @param {string} script @param {(value: any) => boolean} passes */
async function until(script, passes) {
  /** @type {any} */
  let last;
  const check = async () => {
    last = await inPage(script);
    return passes(last);
  };
  await webkit.browser.wait(check, SLATE_TIMEOUT_MS, `still ${JSON.stringify(last)} for ${script}`);
  return last;
}

test('a shopper browses, adds, gets suggestions with reasons and adds one of them', async () => {
  const { url } = webkit;
  await visit(`${url}/`);
  await inPage(`document.querySelector('[data-consent="granted"]').click()`);
  const links = await inPage(
    `return [...new Set([...document.querySelectorAll('a[href*="product"]')].map((link) => link.href))]`,
  );
  for (const link of links.slice(0, 3)) await visit(link);
  await inPage(`document.querySelector('[data-tillside-add]').click()`);
  await visit(`${url}/cart.html`);

  await until(STRATEGY, (strategy) => strategy === 'model');
  const slate = await until(SLATE, (ids) => ids.length === 4);
  const cart = await inPage(CART);
  assert.equal(cart.length, 1);
  assert.ok(!slate.includes(cart[0]), 'nothing of the cart is suggested');
  const reasons = await inPage(
    `return [...document.querySelector('tillside-suggestions').shadowRoot.querySelectorAll('[part~="reason"]')].map((line) => line.textContent)`,
  );
  assert.equal(reasons.length, 4);
  for (const reason of reasons) assert.match(reason, /\w+ \w+/);

  await inPage(`document.querySelector('tillside-suggestions').shadowRoot.querySelector('li button[part="add"]').click()`);
  await until(CART, (ids) => ids.includes(slate[0]));
  await until(SLATE, (ids) => ids.length === 4 && !ids.includes(slate[0]));
});

test('the session is still there after a reload', async () => {
  await webkit.browser.navigate().refresh();
  await until(SLATE, (ids) => ids.length === 4);
  const seen = await webkit.browser.executeAsyncScript(
    `const done = arguments[0]; window.tillside.exportData().then((data) => done(data.session.cart.length), (error) => done(String(error)));`,
  );
  assert.equal(seen, 2);
});
