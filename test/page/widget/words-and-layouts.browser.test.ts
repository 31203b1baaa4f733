import axe from 'axe-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { anItem } from '../../../src/page/testing/builders.js';
import { defineSuggestions } from '../../../src/page/widget/define-suggestions.js';
import { aGate } from '../../support/a-gate.js';
import { aFakeEngine } from '../../support/fake-engine.js';
import { aFakeInstance } from '../../support/fake-instance.js';
import { mountWidget } from './mount.js';

beforeAll(defineSuggestions);
afterEach(() => {
  document.body.replaceChildren();
  document.body.style.cssText = '';
  document.documentElement.style.cssText = '';
});

const headingOf = (host: Element) => host.shadowRoot?.querySelector('h2')?.textContent;

describe('words', () => {
  it('are the language of the instance, in its direction', async () => {
    const { host, part, find } = await mountWidget(aFakeEngine(), { locale: 'ar-EG' });
    await vi.waitFor(() => expect(part('add', 'a').textContent).toBe('إضافة Title a إلى السلة'));
    const section = find('section');
    expect([section?.lang, section?.dir]).toEqual(['ar', 'rtl']);
    expect(headingOf(host)).toBe('قد يعجبك أيضًا');
    const [picture, title] = [part('picture', 'a'), part('title', 'a')].map((each) => each.getBoundingClientRect().left);
    document.body.style.width = '375px';
    expect(picture).toBeGreaterThanOrEqual(title ?? 0);
  });

  it('are English where there is no table, in the direction of the page', async () => {
    const { part, find } = await mountWidget(aFakeEngine(), { locale: 'cs' });
    expect(part('add', 'a').textContent).toBe('Add Title a to cart');
    expect([find('section')?.lang, find('section')?.dir]).toEqual(['en', '']);
  });

  it("are the shop's own where it has some, the element's before the option's", async () => {
    const { host, part } = await mountWidget(aFakeEngine(), {
      locale: 'de',
      prepare: (instance) => Object.assign(instance, { strings: { add: 'Nehmen', heading: 'Dazu' } }),
    });
    await vi.waitFor(() => expect(part('add', 'a').textContent).toBe('Nehmen: Title a in den Warenkorb'));
    host.strings = { heading: 'Noch dazu', popular: '<b>{name}</b>' };
    expect(headingOf(host)).toBe('Noch dazu');
    expect(part('add', 'a').textContent).toContain('Nehmen');
    expect(part('reason', 'a').textContent).toBe('<b></b>');
  });

  it('can be anything without harm', async () => {
    const { host, part, instance } = await mountWidget();
    host.strings = { add: 7, heading: null, popular: {}, 'add-suffix': undefined } as never;
    expect(part('reason', 'a').textContent).toBe('');
    host.strings = undefined as never;
    expect(part('add', 'a').textContent).toBe('Add Title a to cart');
    expect(instance.problems).toEqual([]);
  });

  it.each([
    ['cart', 'You may also like'],
    ['drawer', 'Add to your order'],
    ['order', 'For next time'],
    ['product', 'Goes well with this'],
    ['__proto__', 'You may also like'],
  ])('head the placement %s with "%s"', async (placement, heading) => {
    const { host } = await mountWidget(aFakeEngine(), { attributes: { placement } });
    expect(headingOf(host)).toBe(heading);
  });
});

describe("a shop's own layout", () => {
  const LAYOUT = `<template slot="card"><style>strong { color: rgb(1, 2, 3); }</style>
    <a data-bind="link"><img data-bind="image" alt=""><strong data-bind="title"></strong></a>
    <i data-bind="price"></i><u data-bind="reason"></u><button data-bind="add"></button></template>`;

  it('is filled as text, with checked addresses, and styled by its own sheet', async () => {
    const engine = aFakeEngine([]);
    engine.catalog = [
      anItem({ itemId: 'a', title: '<b>Mug</b>', url: 'javascript:alert(1)', imageUrl: 'javascript:alert(1)' }),
      anItem({ itemId: 'b' }),
    ];
    const { part, host } = await mountWidget(engine, { html: LAYOUT });
    const card = part('card', 'a');
    expect(card.querySelector('strong')?.textContent).toBe('<b>Mug</b>');
    expect(getComputedStyle(card.querySelector('strong') as Element).color).toBe('rgb(1, 2, 3)');
    expect(card.querySelector('a')?.hasAttribute('href')).toBe(false);
    expect(card.querySelector('i')?.textContent).toBe('£2.50');
    expect(card.querySelector('u')?.textContent).toBe('Popular in this shop');
    expect(host.shadowRoot?.querySelector('style')).toBeNull();
    expect(part('card', 'b').querySelector('a')?.getAttribute('href')).toMatch(/^https?:.*\/product\/b$/);
  });

  it('adds, says when that fails, and is never seen without it first', async () => {
    const engine = aFakeEngine();
    const shown: (string | null | undefined)[] = [];
    document.addEventListener(
      'load',
      ({ target }) => shown.push((target as Element).shadowRoot?.querySelector('li')?.getAttribute('part')),
      {
        capture: true,
        once: true,
      },
    );
    const { part, instance, ids } = await mountWidget(engine, { html: LAYOUT });
    instance.answerAdd = () => Promise.reject(new Error('no'));
    const press = () => part('card', 'a').querySelector<HTMLElement>('[data-bind=add]')?.click();
    press();
    await vi.waitFor(() => expect(part('card', 'a').querySelector('u')?.textContent).toContain('Could not be added'));
    instance.answerAdd = async () => {};
    press();
    await vi.waitFor(() => expect(ids()).not.toContain('a'));
    expect(part('card', 'b').getAttribute('part')).toBe('card custom');
    expect(shown).not.toContain('card');
  });

  it('may leave out whatever it wants', async () => {
    const { part, instance } = await mountWidget(aFakeEngine(), {
      html: '<template slot="card"><p data-bind="title"></p></template>',
    });
    expect(part('card', 'a').querySelector('p')?.textContent).toBe('Title a');
    expect(instance.problems).toEqual([]);
  });
});

describe('space', () => {
  const COLUMN = 'display: block; width: ';

  it.each([280, 375, 1280])('shows empty cards while it waits, out of reach, at %d px', async (width) => {
    const engine = aFakeEngine();
    const answer = aGate();
    engine.beforeAnswer = () => answer.promise;
    document.body.style.cssText = `${COLUMN}${width}px`;
    const host = document.body.appendChild(document.createElement('tillside-suggestions'));
    host.tillside = aFakeInstance(engine);
    const space = () => host.shadowRoot?.querySelector('ul+div') as HTMLElement;
    await vi.waitFor(() => expect(getComputedStyle(space()).visibility).toBe('visible'));
    expect(space().inert).toBe(true);
    expect(space().children).toHaveLength(4);
    expect((await axe.run(host)).violations).toEqual([]);
    const { height } = host.getBoundingClientRect();
    answer.open();
    await vi.waitFor(() => expect(host.hasAttribute('reserved')).toBe(false));
    expect(host.getBoundingClientRect().height).toBe(height);
    expect(getComputedStyle(space()).visibility).toBe('hidden');
  });

  it('shows nothing of the empty cards once it is known that there is nothing to show', async () => {
    const host = document.body.appendChild(document.createElement('tillside-suggestions'));
    host.tillside = aFakeInstance(aFakeEngine([]));
    await vi.waitFor(() => expect(host.dataset.strategy).toBe('none'));
    await vi.waitFor(() =>
      expect(getComputedStyle(host.shadowRoot?.querySelector('ul+div') as Element).visibility).toBe('hidden'),
    );
  });

  it.each([
    ['cart', 375, 'row'],
    ['cart', 1280, 'card'],
    ['drawer', 1280, 'row'],
  ])('lays %s out at %d px as a %s', async (placement, width, kind) => {
    document.body.style.cssText = `${COLUMN}${width}px`;
    const { part } = await mountWidget(aFakeEngine(), { attributes: { placement } });
    const [picture, title] = [part('picture', 'a'), part('title', 'a')].map((each) => each.getBoundingClientRect());
    expect((title?.left ?? 0) >= (picture?.right ?? 0)).toBe(kind === 'row');
    expect((title?.top ?? 0) >= (picture?.bottom ?? 0)).toBe(kind === 'card');
  });

  it.each([280, 375, 1280])(
    'never needs more width than it has, whatever words and prices are shown, at %d px',
    async (width) => {
      document.body.style.cssText = `${COLUMN}${width}px; margin: 0`;
      const engine = aFakeEngine([]);
      engine.catalog = [
        anItem({ itemId: 'a', title: 'Donaudampfschifffahrtsgesellschaftskapitän', price: 1_234_567.89, currency: 'EUR' }),
        anItem({ itemId: 'b', title: 'x', price: 12_000, currency: 'JPY' }),
      ];
      const { host, part } = await mountWidget(engine, { locale: 'de' });
      await vi.waitFor(() => expect(part('add', 'a').textContent).toContain('Hinzufügen'));
      expect(host.scrollWidth).toBeLessThanOrEqual(width);
      for (const name of ['add', 'title', 'reason', 'why', 'dismiss']) {
        expect(part(name, 'a').getBoundingClientRect().right).toBeLessThanOrEqual(width);
      }
      expect(part('card', 'a').getBoundingClientRect().height).toBe(part('card', 'b').getBoundingClientRect().height);
    },
  );
});
