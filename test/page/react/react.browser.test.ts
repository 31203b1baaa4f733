import { createElement as h, type ReactNode, StrictMode } from 'react';
import { createRoot, hydrateRoot, type Root } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Tillside } from '../../../src/page/tillside.js';
import { findInstance } from '../../../src/page/instance-registry.js';
import { type Suggestions, TillsideSuggestions, type TillsideState, useSuggestions, useTillside } from '../../../src/react.js';
import { aSlateOf, anEngineStatus, createFakeTillside } from '../../../src/testing.js';
import { aPageTillside } from '../../support/a-page-tillside.js';
import { addButtonOf, cardIdsOf } from '../../support/cards.js';
import { aFakeEngine } from '../../support/fake-engine.js';

const BUNDLE = '/models/manifest.json';
let root: Root | undefined;
afterEach(async () => {
  root?.unmount();
  root = undefined;
  await findInstance()?.stop();
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

function render(node: ReactNode): void {
  if (!root) {
    const home = document.createElement('div');
    document.body.append(home);
    root = createRoot(home);
  }
  root.render(h(StrictMode, null, node));
}

interface ProbeProps {
  readonly hook: () => unknown;
  readonly seen: unknown[];
}

function Probe({ hook, seen }: ProbeProps): null {
  seen.push(hook());
  return null;
}

/** A component that shows nothing, and what a hook last returned to it. */
function probe<T>(hook: () => T): { readonly last: () => T; readonly node: ReactNode } {
  const seen: T[] = [];
  return { last: () => seen.at(-1) as T, node: h(Probe, { hook, seen }) };
}

async function shownHost(): Promise<HTMLElementTagNameMap['tillside-suggestions']> {
  await vi.waitFor(() => expect(cardIdsOf(document.querySelector('tillside-suggestions')!)).not.toEqual([]));
  return document.querySelector('tillside-suggestions')!;
}

describe('useTillside', () => {
  it('creates one instance for two components in StrictMode, and keeps it when they are gone', async () => {
    const announced: Tillside[] = [];
    const onReady = (event: Event) => void announced.push((event as CustomEvent<Tillside>).detail);
    document.addEventListener('tillside:ready', onReady);
    const [a, b] = [probe(() => useTillside({ bundle: BUNDLE })), probe(() => useTillside({ bundle: BUNDLE }))];
    render([h('p', { key: 1 }, a.node), h('p', { key: 2 }, b.node)]);
    await vi.waitFor(() => expect(b.last().tillside).toBeDefined());
    expect(a.last().tillside).toBe(b.last().tillside);
    render(null);
    await vi.waitFor(() => expect(document.querySelector('p')).toBeNull());
    expect(announced).toEqual([findInstance()]);
    document.removeEventListener('tillside:ready', onReady);
  });

  it('follows consent and readiness of an instance that others create, and its end', async () => {
    const seen = probe(useTillside);
    render(seen.node);
    const none: TillsideState = { tillside: undefined, consent: 'pending', engine: undefined, isReady: false };
    await vi.waitFor(() => expect(seen.last()).toEqual(none));
    const fake = createFakeTillside({ consent: 'pending' });
    await vi.waitFor(() => expect(seen.last()).toEqual({ ...none, tillside: fake }));
    fake.consent('granted');
    await vi.waitFor(() => expect(seen.last()).toMatchObject({ consent: 'granted', isReady: true }));
    const engine = anEngineStatus({ strategy: 'neighbours' });
    fake.emit('ready', engine);
    await vi.waitFor(() => expect(seen.last().engine).toBe(engine));
    fake.consent('denied');
    await vi.waitFor(() => expect(seen.last()).toEqual({ ...none, tillside: fake, consent: 'denied' }));
    await fake.stop();
    await vi.waitFor(() => expect(seen.last()).toEqual(none));
  });

  it('tells onError of bad options, once and without breaking the app', async () => {
    const onError = vi.fn();
    const seen = probe(() => useTillside({ bundle: 7 as never, onError }));
    render([h('h1', { key: 1 }, 'Shop'), h('p', { key: 2 }, seen.node)]);
    await vi.waitFor(() => expect(onError).toHaveBeenCalledWith(expect.objectContaining({ code: 'invalid-options' })));
    expect(document.querySelector('h1')?.textContent).toBe('Shop');
    expect(seen.last().tillside).toBeUndefined();
  });
});

describe('<TillsideSuggestions>', () => {
  it('shows the page’s suggestions, in StrictMode by one question, and tells of each slate', async () => {
    const fake = createFakeTillside({ slate: aSlateOf('a', 'b', 'c') });
    const onLoad = vi.fn();
    const heading = 'Goes with it';
    render(h(TillsideSuggestions, { placement: 'drawer', size: 2, heading, className: 'wide', onLoad }));
    const host = await shownHost();
    expect(cardIdsOf(host)).toEqual(['a', 'b']);
    expect(host.className).toBe('wide');
    expect(host.shadowRoot?.querySelector('h2')?.textContent).toBe(heading);
    expect(fake.calls).toEqual([{ method: 'recommend', args: [{ placement: 'drawer', size: 2 }] }]);
    expect(onLoad.mock.calls).toEqual([[host.slate]]);
    render(h(TillsideSuggestions, { placement: 'drawer', size: 3, onLoad }));
    await vi.waitFor(() => expect(cardIdsOf(host)).toEqual(['a', 'b', 'c']));
    await vi.waitFor(() => expect(host.shadowRoot?.querySelector('h2')?.textContent).toBe('Add to your order'));
    expect(document.querySelector('tillside-suggestions')).toBe(host);
  });

  it('answers a quick add by its newest onAdd, and nobody else hears of it', async () => {
    createFakeTillside({ slate: aSlateOf('a', 'b') });
    const [early, late, elsewhere] = [vi.fn(), vi.fn(async () => {}), vi.fn()];
    document.addEventListener('tillside:add', elsewhere);
    render(h(TillsideSuggestions, { onAdd: early }));
    const host = await shownHost();
    render(h(TillsideSuggestions, { onAdd: late, id: 'newer' }));
    await vi.waitFor(() => expect(host.id).toBe('newer'));
    addButtonOf(host, 'a').click();
    await vi.waitFor(() => expect(cardIdsOf(host)).toEqual(['b']));
    expect(late.mock.calls).toEqual([[{ itemId: 'a', quantity: 1 }]]);
    expect(early).not.toHaveBeenCalled();
    expect(elsewhere).not.toHaveBeenCalled();
    document.removeEventListener('tillside:add', elsewhere);
  });

  it('shows that an add failed when onAdd throws', async () => {
    createFakeTillside({ slate: aSlateOf('a') });
    const onAdd = () => {
      throw new Error('sold out');
    };
    render(h(TillsideSuggestions, { onAdd }));
    const host = await shownHost();
    addButtonOf(host, 'a').click();
    await vi.waitFor(() => expect(host.shadowRoot?.textContent).toContain('Could not be added'));
  });

  it('answers an undo by onRemove, and offers none without it', async () => {
    const fake = createFakeTillside({ slate: aSlateOf('a', 'b') });
    const [onAdd, onRemove, elsewhere] = [vi.fn(), vi.fn(), vi.fn()];
    document.addEventListener('tillside:remove', elsewhere);
    render(h(TillsideSuggestions, { onAdd, onRemove }));
    const host = await shownHost();
    addButtonOf(host, 'a').click();
    await vi.waitFor(() => expect(undoOf(host)).not.toBeNull());
    undoOf(host)?.click();
    await vi.waitFor(() => expect(onRemove.mock.calls).toEqual([[{ itemId: 'a', quantity: 1 }]]));
    expect(elsewhere).not.toHaveBeenCalled();
    document.removeEventListener('tillside:remove', elsewhere);

    render(h(TillsideSuggestions, { onAdd, id: 'newer' }));
    await vi.waitFor(() => expect(host.id).toBe('newer'));
    fake.setSlate(aSlateOf('c'));
    await vi.waitFor(() => expect(cardIdsOf(host)).toEqual(['c']));
    const added = vi.fn();
    fake.on('add', added);
    addButtonOf(host, 'c').click();
    await vi.waitFor(() => expect(added).toHaveBeenCalledWith(expect.objectContaining({ itemId: 'c', canRemove: false })));
    await twoFrames();
    expect(undoOf(host)).toBeNull();
  });

  it('takes the shop’s own words, and asks for nothing when the same come again', async () => {
    const fake = createFakeTillside({ slate: aSlateOf('a') });
    const onLoad = vi.fn();
    const withWords = (add: string) => h(TillsideSuggestions, { strings: { add }, onLoad });
    render(withWords('In the bag'));
    const host = await shownHost();
    expect(addButtonOf(host, 'a').textContent).toMatch(/^In the bag/);
    const asked = fake.calls.length;
    render(withWords('In the bag'));
    await twoFrames();
    expect(fake.calls).toHaveLength(asked);
    render(withWords('Yes'));
    await vi.waitFor(() => expect(addButtonOf(host, 'a').textContent).toMatch(/^Yes/));
    render(h(TillsideSuggestions, { onLoad }));
    await vi.waitFor(() => expect(addButtonOf(host, 'a').textContent).toMatch(/^Add/));
  });

  it('counts a quick add once in StrictMode', async () => {
    const engine = aFakeEngine();
    aPageTillside(engine);
    render(h(TillsideSuggestions, { onAdd: () => {} }));
    const host = await shownHost();
    addButtonOf(host, 'a').click();
    await vi.waitFor(() => expect(cardIdsOf(host)).not.toContain('a'));
    expect(engine.recorded.filter(({ type }) => type === 'add_to_cart')).toHaveLength(1);
    expect(engine.calls.filter((call) => call === 'start')).toHaveLength(1);
  });

  it('takes an instance of its own, and lets go of everything when it is unmounted', async () => {
    const own = createFakeTillside({ slate: aSlateOf('own') });
    createFakeTillside({ slate: aSlateOf('page') });
    const onError = vi.fn();
    render(h(TillsideSuggestions, { tillside: own, onError }));
    const host = await shownHost();
    expect(cardIdsOf(host)).toEqual(['own']);
    own.failWith(new Error('gone'));
    await vi.waitFor(() => expect(onError).toHaveBeenCalledTimes(1));
    render(null);
    await vi.waitFor(() => expect(host.isConnected).toBe(false));
    const asked = own.calls.length;
    own.setSlate(aSlateOf('late'));
    await twoFrames();
    expect(own.calls).toHaveLength(asked);
    expect(own.observed).toEqual([]);
  });

  it('hydrates what a server rendered without a complaint, although the element has set attributes of its own by then', async () => {
    createFakeTillside({ slate: aSlateOf('a') });
    const complaints = vi.spyOn(console, 'error');
    const node = h(TillsideSuggestions, { placement: 'cart', size: 4, heading: 'With it', className: 'wide' });
    const home = document.createElement('div');
    home.innerHTML = renderToString(node);
    document.body.append(home);
    const element = home.querySelector('tillside-suggestions');
    expect(element?.hasAttribute('reserved')).toBe(true);
    const onRecoverableError = vi.fn();
    root = hydrateRoot(home, node, { onRecoverableError });
    const host = await shownHost();
    expect(host).toBe(element);
    expect(onRecoverableError).not.toHaveBeenCalled();
    expect(complaints).not.toHaveBeenCalled();
  });
});

describe('useSuggestions', () => {
  const idsOf = ({ slate }: Suggestions) => slate?.items.map(({ item }) => item.itemId);

  it('renders again with each new slate, after one question in StrictMode', async () => {
    const fake = createFakeTillside({ slate: aSlateOf('a', 'b', 'c') });
    const seen = probe(() => useSuggestions({ placement: 'drawer', size: 2 }));
    render(seen.node);
    await vi.waitFor(() => expect(seen.last().status).toBe('ready'));
    expect(idsOf(seen.last())).toEqual(['a', 'b']);
    expect(fake.calls).toEqual([{ method: 'recommend', args: [{ placement: 'drawer', size: 2 }] }]);
    fake.setSlate(aSlateOf('z'));
    await vi.waitFor(() => expect(idsOf(seen.last())).toEqual(['z']));
    seen.last().refresh();
    await vi.waitFor(() => expect(fake.calls).toHaveLength(3));
  });

  it('is ready with an empty slate for who is held out, and the component shows nothing', async () => {
    localStorage.clear();
    onTestFinished(() => localStorage.clear());
    aPageTillside(aFakeEngine(), { holdout: 1 - 1e-9, onArm: () => {} });
    const seen = probe(() => useSuggestions());
    render([h('p', { key: 1 }, seen.node), h(TillsideSuggestions, { key: 2 })]);
    await vi.waitFor(() => expect(seen.last()).toMatchObject({ status: 'ready', slate: { items: [], arm: 'holdout' } }));
    const host = document.querySelector('tillside-suggestions')!;
    await vi.waitFor(() => expect(host.dataset['strategy']).toBe('none'));
    expect([host.checkVisibility({ visibilityProperty: true }), cardIdsOf(host)]).toEqual([false, []]);
  });

  it('adds by onAdd, with the placement and the position', async () => {
    const fake = createFakeTillside({ slate: aSlateOf('a', 'b') });
    const onAdd = vi.fn();
    const seen = probe(() => useSuggestions({ onAdd }));
    render(seen.node);
    await vi.waitFor(() => expect(seen.last().status).toBe('ready'));
    await seen.last().add('b', 2);
    expect(onAdd.mock.calls).toEqual([[{ itemId: 'b', quantity: 2 }]]);
    expect(fake.calls.find(({ method }) => method === 'add')).toMatchObject({
      args: ['b', { listId: 'cart', position: 2, quantity: 2 }],
    });
    await vi.waitFor(() => expect(idsOf(seen.last())).toEqual(['a']));
  });

  it('removes by onRemove', async () => {
    const fake = createFakeTillside({ slate: aSlateOf('a', 'b') });
    const onRemove = vi.fn();
    const seen = probe(() => useSuggestions({ onRemove }));
    render(seen.node);
    await vi.waitFor(() => expect(seen.last().status).toBe('ready'));
    await seen.last().remove('b', 2);
    expect(onRemove.mock.calls).toEqual([[{ itemId: 'b', quantity: 2 }]]);
    expect(fake.calls.find(({ method }) => method === 'remove')).toMatchObject({ args: ['b', { quantity: 2 }] });
  });

  it('adds by tillside:add on the document where the shop gives no onAdd', async () => {
    createFakeTillside();
    const seen = probe(() => useSuggestions());
    render(seen.node);
    await vi.waitFor(() => expect(seen.last().status).toBe('ready'));
    await expect(seen.last().add('item-1')).rejects.toMatchObject({ code: 'cart-action-failed' });
    const answer = vi.fn((event: Event) => event.preventDefault());
    document.addEventListener('tillside:add', answer, { once: true });
    await seen.last().add('item-1');
    expect(answer).toHaveBeenCalledTimes(1);
  });

  it('waits for an instance and consent, says when a question fails, and is quiet once unmounted', async () => {
    const seen = probe(() => useSuggestions());
    render(seen.node);
    await vi.waitFor(() => expect(seen.last().status).toBe('waiting'));
    await expect(seen.last().add('a')).rejects.toMatchObject({ code: 'stopped' });
    const fake = createFakeTillside({ consent: 'pending' });
    fake.consent('granted');
    await vi.waitFor(() => expect(seen.last().status).toBe('ready'));
    fake.failWith(Object.assign(new Error('gone'), { code: 'worker-lost' }));
    await vi.waitFor(() => expect(seen.last()).toMatchObject({ status: 'failed', slate: undefined }));
    expect(fake.problems).toEqual([{ code: 'worker-lost', message: 'gone' }]);
    fake.consent('denied');
    await vi.waitFor(() => expect(seen.last().status).toBe('waiting'));
    fake.consent('granted');
    render(null);
    await twoFrames();
    const asked = fake.calls.length;
    fake.setSlate(aSlateOf('late'));
    await twoFrames();
    expect(fake.calls).toHaveLength(asked);
  });
});

function undoOf(host: Element): HTMLElement | null {
  return host.shadowRoot?.querySelector<HTMLElement>('[part=undo]') ?? null;
}

async function twoFrames(): Promise<void> {
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
}
