import { codesTold, countOf, engineStatus, itemIdsOf, slateOn, track } from './support/page-api.js';
import { expect, test } from './support/test.js';

const HEART = '85123A';
const CAKESTAND = '22423';

/** What old libraries and careless or defensive pages do to globals before any script of ours runs; with each, the model still suggests. */
const HOSTS: readonly { readonly name: string; spoil: () => void }[] = [
  {
    name: "Prototype.js's arrays, which say themselves what their JSON is",
    spoil: () => {
      const toText = (value: unknown): string => {
        if (Array.isArray(value)) return `[${Array.from(value, toText).join(', ')}]`;
        if (typeof value !== 'object' || !value) return `${JSON.stringify(value)}`;
        return `{${Object.entries(value).map(([key, own]) => `"${key}": ${toText(own)}`)}}`;
      };
      Object.assign(Array.prototype, {
        toJSON(this: unknown[]) {
          return toText(this);
        },
        each: Array.prototype.forEach,
      });
    },
  },
  {
    name: 'more properties on every object, seen by each for…in',
    spoil: () => void Object.assign(Object.prototype, { forEachOwn() {}, isSpoilt: true }),
  },
  {
    name: 'frozen prototypes',
    spoil: () => {
      for (const { prototype } of [Object, Array, Function, Promise, Map, Set, EventTarget, Element]) Object.freeze(prototype);
    },
  },
  {
    name: 'a fetch and an idle callback that throw',
    spoil: () => {
      const broken = (): never => {
        throw new Error('broken by the host');
      };
      Object.assign(window, { fetch: broken, requestIdleCallback: broken });
    },
  },
  {
    name: 'a Promise of its own',
    spoil: () => {
      const Native = Promise;
      class Slow<T> extends Native<T> {}
      Object.assign(window, { Promise: Slow });
    },
  },
];

for (const { name, spoil } of HOSTS)
  test(`a page with ${name}: everything is captured, kept and suggested`, async ({ shop, page }) => {
    await page.addInitScript(spoil);
    await shop.visit('cart.html');
    await page.getByRole('button', { name: 'Add a heart' }).click();
    await track(page, {
      type: 'purchase',
      items: [
        { itemId: HEART, quantity: 1, price: 2.95 },
        { itemId: CAKESTAND, quantity: 2, price: 12.75 },
      ],
    });
    expect((await engineStatus(page)).strategy).toBe('model');
    // Left at once: what is not yet handed over waits in the tail.
    await page.evaluate(() => {
      document.querySelector<HTMLButtonElement>('[data-tillside-add]')?.click();
      location.href = 'checkout.html';
    });
    await page.waitForURL(/checkout/);
    await shop.visit('cart.html');
    await expect.poll(() => countOf(page, 'add_to_cart', HEART)).toBe(2);
    expect(await countOf(page, 'purchase')).toBe(1);
    const slate = await slateOn(page);
    expect([slate.strategy, itemIdsOf(slate).length]).toEqual(['model', 4]);
    await expect(page.locator('tillside-suggestions [part=card]')).toHaveCount(4);
    expect(await codesTold(page)).toEqual([]);
  });

test('a page whose ids throw is left alone, and told so: the shop goes on', async ({ shop, page }) => {
  await page.addInitScript(() => {
    crypto.randomUUID = () => {
      throw new Error('broken by the host');
    };
  });
  await shop.visit('cart.html');
  await expect.poll(() => codesTold(page)).toEqual(['page-failed']);
  await page.getByRole('button', { name: 'Add a heart' }).click();
  await expect(page.locator('tillside-suggestions')).toBeHidden();
  await page.getByRole('link', { name: 'Check out' }).click();
  await page.waitForURL(/checkout/);
});

test('a `__proto__` in the configuration, the cart or an event changes no object of the page', async ({ shop, page }) => {
  await shop.visit('cart.html');
  await page.evaluate(() => {
    const evil = JSON.parse(
      '{"__proto__": {"spoilt": 1}, "constructor": {"prototype": {"spoilt": 1}}, "itemId": "85123A", "quantity": 1}',
    );
    window.tillside?.stop();
    window.tillside?.init({ ...window.tillsideConfig, rules: evil, strings: evil, consent: 'granted' });
    window.tillside?.cart([evil]);
    window.tillside?.track({ type: 'add_to_cart', ...evil });
    window.tillside?.track({ type: 'purchase', items: [evil] });
  });
  expect(itemIdsOf(await slateOn(page))).toHaveLength(4);
  expect(await page.evaluate(() => ['spoilt' in {}, 'spoilt' in Object])).toEqual([false, false]);
});
