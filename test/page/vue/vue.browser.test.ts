import { type App, createApp, createSSRApp, defineComponent, h, nextTick, ref, shallowRef, type VNode } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { findInstance } from '../../../src/page/instance-registry.js';
import type { Tillside } from '../../../src/page/tillside.js';
import { aSlateOf, createFakeTillside } from '../../../src/testing.js';
import { createTillsidePlugin, type Suggestions, TillsideSuggestions, useSuggestions, useTillside } from '../../../src/vue.js';
import { aPageTillside } from '../../support/a-page-tillside.js';
import { addButtonOf, cardIdsOf } from '../../support/cards.js';
import { aFakeEngine } from '../../support/fake-engine.js';

const BUNDLE = '/models/manifest.json';
let app: App | undefined;
afterEach(async () => {
  app?.unmount();
  app = undefined;
  await findInstance()?.stop();
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

function mount(render: () => VNode | VNode[] | null, setup: () => void = () => {}): App {
  const home = document.createElement('div');
  document.body.append(home);
  app = createApp({
    setup() {
      setup();
      return render;
    },
  });
  return app;
}

/** Runs a composable in a component of its own. */
function run<T>(composable: () => T): T {
  let returned: T | undefined;
  mount(
    () => null,
    () => {
      returned = composable();
    },
  ).mount(document.body.lastElementChild!);
  return returned as T;
}

function show(render: () => VNode | VNode[] | null): void {
  mount(render).mount(document.body.lastElementChild!);
}

async function shownHost(): Promise<HTMLElementTagNameMap['tillside-suggestions']> {
  await vi.waitFor(() => expect(cardIdsOf(document.querySelector('tillside-suggestions')!)).not.toEqual([]));
  return document.querySelector('tillside-suggestions')!;
}

describe('useTillside', () => {
  it('creates one instance for the plugin and two components, and keeps it when they are gone', async () => {
    const announced: Tillside[] = [];
    const onReady = (event: Event) => void announced.push((event as CustomEvent<Tillside>).detail);
    document.addEventListener('tillside:ready', onReady);
    const seen: unknown[] = [];
    const User = defineComponent(() => {
      const { tillside } = useTillside({ bundle: BUNDLE });
      return () => {
        seen.push(tillside.value);
        return null;
      };
    });
    mount(() => [h(User), h(User)])
      .use(createTillsidePlugin({ bundle: BUNDLE }))
      .mount(document.body.lastElementChild!);
    await vi.waitFor(() => expect(seen.slice(-2)).toEqual([findInstance(), findInstance()]));
    app?.unmount();
    expect(announced).toEqual([findInstance()]);
    document.removeEventListener('tillside:ready', onReady);
  });

  it('follows consent and readiness of an instance that others create, and its end', async () => {
    const { tillside, consent, isReady, engine } = run(useTillside);
    expect([tillside.value, consent.value, isReady.value]).toEqual([undefined, 'pending', false]);
    const fake = createFakeTillside({ consent: 'pending' });
    expect(tillside.value).toBe(fake);
    fake.consent('granted');
    expect(consent.value).toBe('granted');
    await vi.waitFor(() => expect(isReady.value).toBe(true));
    expect(engine.value?.strategy).toBe('model');
    await fake.stop();
    expect([tillside.value, consent.value, isReady.value]).toEqual([undefined, 'pending', false]);
  });

  it('tells onError of bad options and does not break the app', async () => {
    const onError = vi.fn();
    mount(() => h('h1', 'Shop'))
      .use(createTillsidePlugin({ bundle: 7 as never, onError }))
      .mount(document.body.lastElementChild!);
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ code: 'invalid-options' }));
    expect(document.querySelector('h1')?.textContent).toBe('Shop');
  });
});

describe('<TillsideSuggestions>', () => {
  it('shows the page’s suggestions by one question, and follows its props', async () => {
    const fake = createFakeTillside({ slate: aSlateOf('a', 'b', 'c') });
    const onLoad = vi.fn();
    const size = ref(2);
    const heading = shallowRef<string | undefined>('Goes with it');
    show(() => h(TillsideSuggestions, { placement: 'drawer', size: size.value, heading: heading.value, class: 'wide', onLoad }));
    const host = await shownHost();
    expect(cardIdsOf(host)).toEqual(['a', 'b']);
    expect(host.className).toBe('wide');
    expect(host.shadowRoot?.querySelector('h2')?.textContent).toBe('Goes with it');
    expect(fake.calls).toEqual([{ method: 'recommend', args: [{ placement: 'drawer', size: 2 }] }]);
    expect(onLoad.mock.calls).toEqual([[host.slate]]);
    size.value = 3;
    heading.value = undefined;
    await vi.waitFor(() => expect(cardIdsOf(host)).toEqual(['a', 'b', 'c']));
    await vi.waitFor(() => expect(host.shadowRoot?.querySelector('h2')?.textContent).toBe('Add to your order'));
  });

  it('answers a quick add by its newest handler, and nobody else hears of it', async () => {
    createFakeTillside({ slate: aSlateOf('a', 'b') });
    const [early, late, elsewhere] = [vi.fn(), vi.fn(async () => {}), vi.fn()];
    document.addEventListener('tillside:add', elsewhere);
    const handler = shallowRef(early);
    show(() => h(TillsideSuggestions, { onAdd: handler.value }));
    const host = await shownHost();
    handler.value = late;
    await nextTick();
    addButtonOf(host, 'a').click();
    await vi.waitFor(() => expect(cardIdsOf(host)).toEqual(['b']));
    expect(late.mock.calls).toEqual([[{ itemId: 'a', quantity: 1 }]]);
    expect(early).not.toHaveBeenCalled();
    expect(elsewhere).not.toHaveBeenCalled();
    document.removeEventListener('tillside:add', elsewhere);
  });

  it('answers an undo by onRemove, and takes the shop’s own words', async () => {
    const fake = createFakeTillside({ slate: aSlateOf('a', 'b') });
    const [onAdd, onRemove] = [vi.fn(), vi.fn()];
    const strings = shallowRef<{ add: string } | undefined>({ add: 'In the bag' });
    show(() => h(TillsideSuggestions, { onAdd, onRemove, strings: strings.value }));
    const host = await shownHost();
    expect(addButtonOf(host, 'a').textContent).toMatch(/^In the bag/);
    const asked = fake.calls.length;
    strings.value = { add: 'In the bag' };
    await twoFrames();
    expect(fake.calls).toHaveLength(asked);
    strings.value = undefined;
    await vi.waitFor(() => expect(addButtonOf(host, 'a').textContent).toMatch(/^Add/));

    addButtonOf(host, 'a').click();
    const undo = await vi.waitUntil(() => host.shadowRoot?.querySelector<HTMLElement>('[part=undo]'));
    undo.click();
    await vi.waitFor(() => expect(onRemove.mock.calls).toEqual([[{ itemId: 'a', quantity: 1 }]]));
  });

  it('counts a quick add once', async () => {
    const engine = aFakeEngine();
    aPageTillside(engine);
    show(() => h(TillsideSuggestions, { onAdd: () => {} }));
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
    const isShown = ref(true);
    show(() => (isShown.value ? h(TillsideSuggestions, { tillside: own, onError }) : null));
    const host = await shownHost();
    expect(cardIdsOf(host)).toEqual(['own']);
    own.failWith(new Error('gone'));
    await vi.waitFor(() => expect(onError).toHaveBeenCalledTimes(1));
    isShown.value = false;
    await nextTick();
    const asked = own.calls.length;
    own.setSlate(aSlateOf('late'));
    await twoFrames();
    expect(host.isConnected).toBe(false);
    expect(own.calls).toHaveLength(asked);
    expect(own.observed).toEqual([]);
  });

  it('hydrates what a server rendered without a complaint, although the element has set attributes of its own by then', async () => {
    createFakeTillside({ slate: aSlateOf('a') });
    const complaints = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')];
    const render = () => h(TillsideSuggestions, { placement: 'cart', size: 4, heading: 'With it', class: 'wide' });
    const home = document.createElement('div');
    home.innerHTML = await renderToString(createSSRApp({ render }));
    document.body.append(home);
    const element = home.querySelector('tillside-suggestions');
    expect(element?.hasAttribute('reserved')).toBe(true);
    app = createSSRApp({ render });
    app.mount(home);
    expect(await shownHost()).toBe(element);
    for (const complaint of complaints) expect(complaint).not.toHaveBeenCalled();
  });
});

describe('useSuggestions', () => {
  const idsOf = ({ slate }: Suggestions) => slate.value?.items.map(({ item }) => item.itemId);

  it('changes with each new slate, and asks anew when its props change', async () => {
    const fake = createFakeTillside({ slate: aSlateOf('a', 'b', 'c') });
    const size = ref(2);
    const suggestions = run(() => useSuggestions(() => ({ placement: 'drawer', size: size.value })));
    await vi.waitFor(() => expect(suggestions.status.value).toBe('ready'));
    expect(idsOf(suggestions)).toEqual(['a', 'b']);
    expect(fake.calls).toEqual([{ method: 'recommend', args: [{ placement: 'drawer', size: 2 }] }]);
    size.value = 3;
    await vi.waitFor(() => expect(idsOf(suggestions)).toEqual(['a', 'b', 'c']));
    fake.setSlate(aSlateOf('z'));
    await vi.waitFor(() => expect(idsOf(suggestions)).toEqual(['z']));
    suggestions.refresh();
    await vi.waitFor(() => expect(fake.calls).toHaveLength(4));
  });

  it('is ready with an empty slate for who is held out', async () => {
    localStorage.clear();
    onTestFinished(() => localStorage.clear());
    aPageTillside(aFakeEngine(), { holdout: 1 - 1e-9, onArm: () => {} });
    const { slate, status } = run(() => useSuggestions());
    await vi.waitFor(() => expect(status.value).toBe('ready'));
    expect(slate.value).toMatchObject({ items: [], strategy: 'none', arm: 'holdout' });
  });

  it('adds by onAdd, with the placement and the position', async () => {
    const fake = createFakeTillside({ slate: aSlateOf('a', 'b') });
    const onAdd = vi.fn();
    const suggestions = run(() => useSuggestions({ onAdd }));
    await vi.waitFor(() => expect(suggestions.status.value).toBe('ready'));
    await suggestions.add('b', 2);
    expect(onAdd.mock.calls).toEqual([[{ itemId: 'b', quantity: 2 }]]);
    expect(fake.calls.find(({ method }) => method === 'add')).toMatchObject({
      args: ['b', { listId: 'cart', position: 2, quantity: 2 }],
    });
  });

  it('removes by onRemove', async () => {
    createFakeTillside({ slate: aSlateOf('a', 'b') });
    const onRemove = vi.fn();
    const suggestions = run(() => useSuggestions({ onRemove }));
    await vi.waitFor(() => expect(suggestions.status.value).toBe('ready'));
    await suggestions.remove('b', 2);
    expect(onRemove.mock.calls).toEqual([[{ itemId: 'b', quantity: 2 }]]);
  });

  it('is quiet once its component is gone', async () => {
    const fake = createFakeTillside();
    const suggestions = run(() => useSuggestions());
    await vi.waitFor(() => expect(suggestions.status.value).toBe('ready'));
    app?.unmount();
    fake.setSlate(aSlateOf('late'));
    await twoFrames();
    expect(fake.calls).toHaveLength(1);
  });
});

async function twoFrames(): Promise<void> {
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
}
