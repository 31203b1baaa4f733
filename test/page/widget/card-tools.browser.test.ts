import axe from 'axe-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { defineSuggestions } from '../../../src/page/widget/define-suggestions.js';
import { aSlateItem } from '../../../src/page/testing/builders.js';
import { aFakeEngine } from '../../support/fake-engine.js';
import { mountWidget } from './mount.js';

beforeAll(defineSuggestions);
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
  document.documentElement.style.cssText = '';
});

const canRemove = { prepare: (instance: { canRemove: boolean }) => void Object.assign(instance, { canRemove: true }) };

describe('undo', () => {
  it('is offered after an add that the shop can take back, takes it back, and says so', async () => {
    const { part, find, status, ids } = await mountWidget(aFakeEngine(), canRemove);
    part('add', 'a').click();
    await vi.waitFor(() => expect(status()).toBe('Added Title a to your cart. Undo'));
    expect(find('toast')?.className).toBe('shown');
    await vi.waitFor(() => expect(ids()).toEqual(['b', 'c', 'd', 'e']));
    find('undo')?.click();
    await vi.waitFor(() => expect(status()).toBe('Removed Title a from your cart.'));
    await vi.waitFor(() => expect(ids()).toEqual(['a', 'b', 'c', 'd']));
  });

  it('is not offered where nobody can take it back', async () => {
    const { part, find, status } = await mountWidget();
    part('add', 'a').click();
    await vi.waitFor(() => expect(status()).toBe('Added Title a to your cart.'));
    expect(find('undo')).toBeNull();
  });

  it('asks for one removal, however often it is pressed', async () => {
    const { part, find, instance, status } = await mountWidget(aFakeEngine(), canRemove);
    const removed: string[] = [];
    instance.answerRemove = async (itemId) => void removed.push(itemId);
    part('add', 'a').click();
    await vi.waitFor(() => expect(find('undo')).not.toBeNull());
    find('undo')?.click();
    find('undo')?.click();
    await vi.waitFor(() => expect(status()).toBe('Removed Title a from your cart.'));
    expect(removed).toEqual(['a']);
  });

  it('says what to do when the shop cannot remove it after all', async () => {
    const { part, find, instance, status, ids } = await mountWidget(aFakeEngine(), canRemove);
    instance.answerRemove = () => Promise.reject(new Error('offline'));
    part('add', 'a').click();
    await vi.waitFor(() => expect(find('undo')).not.toBeNull());
    find('undo')?.click();
    await vi.waitFor(() => expect(status()).toBe('Title a could not be removed. Please remove it in your cart.'));
    expect(ids()).not.toContain('a');
  });

  it('is reached and used by keyboard alone, which then goes on at the item that came back', async () => {
    const { part, host, find, status } = await mountWidget(aFakeEngine(), canRemove);
    part('add', 'a').focus();
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(find('undo')).not.toBeNull());
    await vi.waitFor(() => expect(host.shadowRoot?.activeElement).toBe(part('add', 'b')));
    await userEvent.tab({ shift: true });
    await userEvent.tab({ shift: true });
    expect(host.shadowRoot?.activeElement).toBe(find('undo'));
    await userEvent.keyboard(' ');
    await vi.waitFor(() => expect(status()).toBe('Removed Title a from your cart.'));
    await vi.waitFor(() => expect(host.shadowRoot?.activeElement).toBe(part('add', 'a')));
  });

  it('goes by Escape, and gives the focus to the cards', async () => {
    const { part, host, find } = await mountWidget(aFakeEngine(), canRemove);
    part('add', 'a').click();
    await vi.waitFor(() => expect(find('undo')).not.toBeNull());
    find('undo')?.focus();
    await userEvent.keyboard('{Escape}');
    expect(find('toast')?.className).toBe('unseen');
    await vi.waitFor(() => expect(host.shadowRoot?.activeElement?.getAttribute('part')).toBe('add'));
  });

  it('goes after six seconds, but not while the keyboard is in the widget', async () => {
    const { part, find, host } = await mountWidget(aFakeEngine(), canRemove);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    part('add', 'a').focus();
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(find('toast')?.className).toBe('shown'));
    vi.advanceTimersByTime(6_100);
    expect(find('toast')?.className).toBe('shown');
    (host.shadowRoot?.activeElement as HTMLElement | null)?.blur();
    vi.advanceTimersByTime(6_100);
    expect(find('toast')?.className).toBe('unseen');
  });

  it('moves nothing', async () => {
    const { part, host, find } = await mountWidget(aFakeEngine(), canRemove);
    const below = document.body.appendChild(document.createElement('p'));
    const top = below.getBoundingClientRect().top;
    const cards = part('card', 'b').getBoundingClientRect().height;
    part('add', 'a').click();
    await vi.waitFor(() => expect(find('undo')).not.toBeNull());
    expect(below.getBoundingClientRect().top).toBe(top);
    expect(part('card', 'b').getBoundingClientRect().height).toBe(cards);
    expect(host.shadowRoot?.querySelectorAll('[role=status]')).toHaveLength(1);
  });
});

describe('not interested', () => {
  it('sends the item away at once and for good, tells the engine, and hands the focus on', async () => {
    const { part, ids, instance, status, host, engine } = await mountWidget(aFakeEngine(), {
      attributes: { placement: 'drawer' },
    });
    expect(part('dismiss', 'b').textContent).toBe('×Not interested in Title b');
    part('dismiss', 'b').focus();
    const card = part('card', 'b');
    await userEvent.keyboard('{Enter}');
    expect(card.style.visibility).toBe('hidden');
    expect(instance.tracked).toEqual([{ type: 'dismiss', itemId: 'b', position: 2, listId: 'drawer' }]);
    expect(status()).toBe('Title b will not be suggested again.');
    await vi.waitFor(() => expect(ids()).toEqual(['a', 'c', 'd', 'e']));
    expect(host.shadowRoot?.activeElement).toBe(part('dismiss', 'c'));
    expect(engine.recorded.map(({ type }) => type)).toEqual(['dismiss']);
  });
});

describe('why this?', () => {
  const CONTRIBUTIONS = [
    { signal: 'cart', contribution: 1.2 },
    { signal: 'popularity', contribution: 0.6 },
    { signal: 'price', contribution: -0.2 },
    { signal: 'scroll', contribution: 0 },
  ] as const;
  const explained = () => {
    const engine = aFakeEngine();
    const recommend = engine.recommend.bind(engine);
    engine.recommend = async (request) => {
      const slate = await recommend(request);
      const reason = { code: 'often-bought-with', title: 'Red Mug' } as const;
      return {
        ...slate,
        items: slate.items.map(({ item, position }) => aSlateItem({ item, position, reason, contributions: CONTRIBUTIONS })),
      };
    };
    return engine;
  };

  it('opens by Enter what each signal brought, and closes by Escape, which no drawer around it hears', async () => {
    const { part, host } = await mountWidget(explained());
    const heard: string[] = [];
    host.addEventListener('keydown', ({ key }) => heard.push(key));
    const why = part('why', 'a');
    const details = part('details', 'a');
    expect(why.textContent).toBe('iWhy Title a?');
    expect([why.getAttribute('aria-expanded'), why.getAttribute('aria-controls')]).toEqual(['false', details.id]);
    why.focus();
    await userEvent.keyboard('{Enter}');
    expect(why.getAttribute('aria-expanded')).toBe('true');
    expect(details.checkVisibility()).toBe(true);
    expect([...details.querySelectorAll('p, li')].map((line) => line.textContent)).toEqual([
      'Often bought with Red Mug',
      'What is in your cart +60%',
      'How popular it is +30%',
      'Its price beside your cart -10%',
      'Worked out on this device.',
    ]);
    await userEvent.keyboard('{Escape}');
    expect(details.checkVisibility()).toBe(false);
    expect(host.shadowRoot?.activeElement).toBe(why);
    expect(heard).not.toContain('Escape');
  });

  it('says the reason alone where no model made the slate', async () => {
    const { part } = await mountWidget();
    part('why', 'a').click();
    expect(part('details', 'a').querySelectorAll('li')).toHaveLength(0);
    expect(part('details', 'a').textContent).toBe('Popular in this shopWorked out on this device.');
  });

  it('is open on one card at most, and covers neither its own button nor moves anything', async () => {
    const { part, host } = await mountWidget(explained());
    const height = host.getBoundingClientRect().height;
    part('why', 'a').click();
    part('why', 'b').click();
    expect([part('details', 'a').hidden, part('details', 'b').hidden]).toEqual([true, false]);
    expect(host.getBoundingClientRect().height).toBe(height);
    const { x, y, width } = part('why', 'b').getBoundingClientRect();
    expect(host.shadowRoot?.elementFromPoint(x + width / 2, y + width / 2)?.closest('[part=why]')).toBe(part('why', 'b'));
    part('why', 'b').click();
    expect(part('details', 'b').hidden).toBe(true);
  });

  it.each([
    ['light', 'en'],
    ['dark', 'en'],
    ['light', 'ar'],
    ['dark', 'he'],
  ])('axe finds nothing in a %s page in %s, with the panel and the undo open', async (scheme, locale) => {
    document.documentElement.lang = locale;
    document.documentElement.style.cssText = `color-scheme: ${scheme}; background: ${scheme === 'dark' ? '#111; color: #eee' : '#fff; color: #222'}`;
    const { host, part, find } = await mountWidget(explained(), { ...canRemove, locale });
    part('add', 'a').click();
    await vi.waitFor(() => expect(find('undo')).not.toBeNull());
    await vi.waitFor(() => expect(part('why', 'c')).not.toBeNull());
    part('why', 'c').click();
    const { violations, passes } = await axe.run(host);
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    expect(passes.map(({ id }) => id)).toContain('color-contrast');
    document.documentElement.lang = 'en';
  });

  it('gives every button a target of 24 px or more', async () => {
    const { host } = await mountWidget(explained(), canRemove);
    for (const button of host.shadowRoot?.querySelectorAll('ul button') ?? []) {
      const { width, height } = button.getBoundingClientRect();
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
    }
  });
});
