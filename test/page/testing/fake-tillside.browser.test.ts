import { afterEach, describe, expect, it, vi } from 'vitest';
import '../../../src/element.js';
import { createTillside } from '../../../src/index.js';
import { findInstance } from '../../../src/page/instance-registry.js';
import {
  aSlate,
  aSlateItem,
  aSlateOf,
  anItem,
  createFakeTillside,
  type FakeTillside,
  type FakeTillsideOptions,
} from '../../../src/testing.js';
import { cardIdsOf } from '../../support/cards.js';

let fake: FakeTillside;
const create = (options?: FakeTillsideOptions) => {
  fake = createFakeTillside(options);
  return fake;
};
afterEach(async () => {
  await fake.stop();
  document.body.replaceChildren();
});

async function mountShown(attributes = '') {
  document.body.innerHTML = `<tillside-suggestions ${attributes}></tillside-suggestions>`;
  const host = document.querySelector('tillside-suggestions')!;
  await vi.waitFor(() => expect(cardIdsOf(host)).not.toEqual([]));
  return host;
}

describe('a fake tillside', () => {
  it('is what the page gets from createTillside, until it is stopped', async () => {
    create();
    expect(createTillside({ bundle: '/models/manifest.json' })).toBe(fake);
    await fake.stop();
    expect(findInstance()).toBeUndefined();
  });

  it('feeds the element by placement, and anew when its slate is set', async () => {
    create({ slates: { drawer: aSlateOf('mug') }, slate: aSlateOf('cup', 'jug') });
    const cart = await mountShown();
    expect(cardIdsOf(cart)).toEqual(['cup', 'jug']);
    const drawer = await mountShown('placement="drawer"');
    expect(cardIdsOf(drawer)).toEqual(['mug']);
    fake.setSlate(aSlate({ items: [aSlateItem({ item: anItem({ itemId: 'pot', title: 'Tea pot' }) })] }), 'drawer');
    await vi.waitFor(() => expect(cardIdsOf(drawer)).toEqual(['pot']));
    expect(drawer.shadowRoot?.querySelector('[part=title]')?.textContent).toBe('Tea pot');
  });

  it('asks the shop for a quick add, and suggests no more what is in the cart', async () => {
    create({ slate: aSlateOf('a', 'b', 'c') });
    const host = await mountShown('size="2"');
    host.addEventListener('tillside:add', (event) => (event as CustomEvent).detail.respondWith(Promise.resolve()));
    host.shadowRoot?.querySelector('button')?.click();
    await vi.waitFor(() => expect(cardIdsOf(host)).toEqual(['b', 'c']));
    expect(fake.calls.find(({ method }) => method === 'add')).toMatchObject({ args: ['a', { listId: 'cart', position: 1 }] });
    fake.cart([{ itemId: 'b', quantity: 1 }]);
    await vi.waitFor(() => expect(cardIdsOf(host)).toEqual(['a', 'c']));
  });

  it('rejects an add that the shop refuses or does not answer', async () => {
    create();
    const refusal = expect.objectContaining({ code: 'cart-action-failed' });
    await expect(fake.add('a')).rejects.toEqual(refusal);
    const target = new EventTarget();
    target.addEventListener('tillside:add', (event) =>
      (event as CustomEvent).detail.respondWith(Promise.reject(new Error('sold out'))),
    );
    await expect(fake.add('a', { target })).rejects.toEqual(refusal);
  });

  it('answers nothing without consent, and hides the element when it is withdrawn', async () => {
    create({ consent: 'pending' });
    await expect(fake.recommend()).rejects.toMatchObject({ code: 'consent-required' });
    fake.consent('granted');
    const host = await mountShown();
    fake.consent('denied');
    expect(host.hidden).toBe(true);
    expect(cardIdsOf(host)).toEqual([]);
  });

  it('fails as it is told to, and recovers with the next slate', async () => {
    create();
    const host = await mountShown();
    fake.failWith(Object.assign(new Error('gone'), { code: 'worker-lost' }));
    await vi.waitFor(() => expect(fake.problems).toEqual([{ code: 'worker-lost', message: 'gone' }]));
    fake.setSlate(aSlateOf('z'));
    await vi.waitFor(() => expect(cardIdsOf(host)).toEqual(['z']));
  });

  it('reports an event that the real one would not take', () => {
    create();
    fake.track({ type: 'add_to_cart' });
    expect(fake.problems).toEqual([{ code: 'invalid-event', message: expect.stringContaining('itemId') }]);
    expect(fake.calls).toEqual([{ method: 'track', args: [{ type: 'add_to_cart' }] }]);
  });
});
