import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { By } from 'selenium-webdriver';
import { openWebkit } from './session.mjs';

/** @type {Awaited<ReturnType<typeof openWebkit>>} */
let webkit;
before(async () => {
  webkit = await openWebkit();
});
after(() => webkit?.close());

test('the gift shop opens with links to its products and its cart', async () => {
  await webkit.browser.get(`${webkit.url}/`);
  assert.ok((await webkit.browser.findElements(By.css('a[href*="product"]'))).length > 0);
  assert.ok((await webkit.browser.findElements(By.css('a[href*="cart"]'))).length > 0);
});
