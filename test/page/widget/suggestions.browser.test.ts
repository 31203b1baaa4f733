import axe from 'axe-core';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { defineSuggestions } from '../../../src/page/widget/define-suggestions.js';
import type { TillsideSuggestionsElement } from '../../../src/page/widget/suggestions-element.js';
import { TillsideError } from '../../../src/core/errors.js';
import { aGate, type Gate } from '../../support/a-gate.js';
import { anItem } from '../../../src/page/testing/builders.js';
import { aFakeEngine } from '../../support/fake-engine.js';
import { aFakeInstance, type FakeInstance } from '../../support/fake-instance.js';

beforeAll(defineSuggestions);
afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

/** Whether nothing of it is to be seen or reached, with or without space kept. */
const isUnseen = (host: Element) => !host.checkVisibility({ visibilityProperty: true });

interface Mounted {
  readonly host: TillsideSuggestionsElement;
  readonly instance: FakeInstance;
}

function mount(instance: FakeInstance, attributes: Record<string, string> = {}): Mounted {
  const host = document.createElement('tillside-suggestions');
  for (const [name, value] of Object.entries(attributes)) host.setAttribute(name, value);
  host.tillside = instance;
  document.body.append(host);
  return { host, instance };
}

async function mountShown(engine = aFakeEngine(), attributes?: Record<string, string>): Promise<Mounted> {
  const mounted = mount(aFakeInstance(engine), attributes);
  await vi.waitFor(() => expect(idsOf(mounted.host).length).toBeGreaterThan(0));
  return mounted;
}

const cardsOf = (host: Element) => [...(host.shadowRoot?.querySelectorAll('li') ?? [])];
const idsOf = (host: Element) => cardsOf(host).map((card) => card.dataset.itemId);
const cardOf = (host: Element, itemId: string) => cardsOf(host).find((card) => card.dataset.itemId === itemId) as HTMLLIElement;
const buttonOf = (host: Element, itemId: string) => cardOf(host, itemId).querySelector('button') as HTMLButtonElement;
const statusOf = (host: Element) => host.shadowRoot?.querySelector('[role=status]')?.textContent;

describe('<tillside-suggestions>', () => {
  it('shows one li per item, in the order of the slate, and says which tier made it', async () => {
    const { host } = await mountShown();
    expect(idsOf(host)).toEqual(['a', 'b', 'c', 'd']);
    expect(cardOf(host, 'a').dataset.relation).toBe('complement');
    expect(host.hidden).toBe(false);
    expect(host.dataset.strategy).toBe('model');
    expect(host.slate?.items).toHaveLength(4);
  });

  it('gives every card a title, a price, a reason and a button that adds, and then those that explain and dismiss', async () => {
    const { host } = await mountShown();
    const card = cardOf(host, 'a');
    expect(card.querySelector('[part=title]')?.textContent).toBe('Title a');
    expect(card.querySelector('[part=price]')?.textContent).toBe('£2.50');
    expect(card.querySelector('[part=reason]')?.textContent).toBe('Popular in this shop');
    await vi.waitFor(() =>
      expect([...card.querySelectorAll('button')].map((button) => button.getAttribute('part'))).toEqual([
        'add',
        'why',
        'dismiss',
      ]),
    );
    expect(buttonOf(host, 'a').textContent).toBe('Add Title a to cart');
    expect(card.querySelector('a')?.href).toBe(new URL('/product/a', location.href).href);
  });

  it('asks for its placement and size, and asks again when they change', async () => {
    const engine = aFakeEngine();
    const { host } = await mountShown(engine, { placement: 'drawer', size: '2' });
    expect(engine.requests.at(-1)).toMatchObject({ placement: 'drawer', size: 2 });
    host.size = 3;
    await vi.waitFor(() => expect(idsOf(host)).toEqual(['a', 'b', 'c']));
    expect(host.getAttribute('size')).toBe('3');
  });

  it('asks and shows on a page that is never painted, as in a background tab', async () => {
    vi.spyOn(window, 'requestAnimationFrame').mockReturnValue(1);
    const engine = aFakeEngine();
    const { host, instance } = await mountShown(engine);
    expect(engine.requests).toHaveLength(1);
    instance.putInCart('a');
    await vi.waitFor(() => expect(idsOf(host)).toEqual(['b', 'c', 'd', 'e']));
  });

  it('is hidden without a single li when the slate is empty', async () => {
    const { host } = mount(aFakeInstance(aFakeEngine([])));
    await vi.waitFor(() => expect(host.dataset.strategy).toBe('none'));
    expect(isUnseen(host)).toBe(true);
    expect(cardsOf(host)).toEqual([]);
  });

  it('is hidden, takes no space and asks nothing before consent, and shows itself after', async () => {
    const engine = aFakeEngine();
    const { host, instance } = mount(aFakeInstance(engine, 'pending'));
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    expect(host.hidden).toBe(true);
    expect(host.getBoundingClientRect().height).toBe(0);
    expect(engine.requests).toEqual([]);
    instance.setConsent('granted');
    await vi.waitFor(() => expect(idsOf(host)).toHaveLength(4));
    instance.setConsent('denied');
    expect(host.hidden).toBe(true);
    expect(cardsOf(host)).toEqual([]);
    expect(host.getBoundingClientRect().height).toBe(0);
  });

  it('drops the answer that arrives after consent was withdrawn', async () => {
    const engine = aFakeEngine();
    const answer = aGate();
    engine.beforeAnswer = () => answer.promise;
    const { host, instance } = mount(aFakeInstance(engine));
    await vi.waitFor(() => expect(engine.requests).toHaveLength(1));
    instance.setConsent('denied');
    answer.open();
    await new Promise(requestAnimationFrame);
    expect(cardsOf(host)).toEqual([]);
    expect(host.hidden).toBe(true);
  });

  it('hides and dispatches error when no slate can be made, and says why once through the instance', async () => {
    const instance = aFakeInstance(aFakeEngine());
    instance.recommend = () => Promise.reject(Object.assign(new Error('gone'), { code: 'worker-lost' }));
    const host = document.createElement('tillside-suggestions');
    const failed = new Promise((resolve) => host.addEventListener('error', resolve, { once: true }));
    host.tillside = instance;
    document.body.append(host);
    await failed;
    expect(isUnseen(host)).toBe(true);
    expect(instance.problems).toEqual([{ code: 'worker-lost', message: 'gone' }]);
  });

  it('leaves out what scores less than min-score', async () => {
    const { host } = await mountShown(aFakeEngine(), { 'min-score': '0.4' });
    expect(idsOf(host)).toEqual(['a', 'b']);
  });

  it('takes an instance that comes later, from the property', async () => {
    const host = document.createElement('tillside-suggestions');
    document.body.append(host);
    expect(host.hidden).toBe(true);
    host.tillside = aFakeInstance(aFakeEngine());
    await vi.waitFor(() => expect(idsOf(host)).toHaveLength(4));
  });

  it('shows the heading of its attribute, and names its region by it', async () => {
    const { host } = await mountShown(aFakeEngine(), { heading: 'Goes with your cart' });
    expect(host.shadowRoot?.querySelector('h2')?.textContent).toBe('Goes with your cart');
    expect(host.shadowRoot?.querySelector('section')?.getAttribute('aria-labelledby')).toBe('heading');
    host.removeAttribute('heading');
    expect(host.shadowRoot?.querySelector('h2')?.textContent).toBe('You may also like');
  });
});

describe('quick add', () => {
  it('adds, and the item leaves the slate while the cards that stay are the same elements', async () => {
    const { host, instance } = await mountShown();
    const kept = cardOf(host, 'b');
    buttonOf(host, 'a').click();
    await vi.waitFor(() => expect(idsOf(host)).toEqual(['b', 'c', 'd', 'e']));
    expect(cardOf(host, 'b')).toBe(kept);
    expect(statusOf(host)).toBe('Added Title a to your cart.');
    expect(instance.problems).toEqual([]);
  });

  it('is busy until the shop answers, and takes no second press meanwhile', async () => {
    const { host, instance } = await mountShown();
    const answer = aGate();
    const added: string[] = [];
    instance.answerAdd = (itemId) => {
      added.push(itemId);
      return answer.promise;
    };
    buttonOf(host, 'a').click();
    buttonOf(host, 'a').click();
    expect(buttonOf(host, 'a').getAttribute('aria-busy')).toBe('true');
    expect(added).toEqual(['a']);
    answer.open();
    await vi.waitFor(() => expect(idsOf(host)).not.toContain('a'));
  });

  it('says on the card, and over the cards, that an item is gone, and shows the slate without it', async () => {
    const engine = aFakeEngine();
    const { host, instance } = await mountShown(engine);
    await vi.waitFor(() => expect(host.shadowRoot?.querySelector('[part=dismiss]')).not.toBeNull());
    instance.answerAdd = async () => {
      const cause = new TillsideError('out-of-stock', 'it is out of stock');
      throw new TillsideError('cart-action-failed', 'The shop did not add it.', cause);
    };
    buttonOf(host, 'a').click();
    const gone = 'Title a is no longer available.';
    await vi.waitFor(() => expect(cardOf(host, 'a').querySelector('[part=reason]')?.textContent).toBe(gone));
    expect(statusOf(host)).toBe(gone);
    engine.catalog = engine.catalog.filter(({ itemId }) => itemId !== 'a');
    instance.change();
    await vi.waitFor(() => expect(idsOf(host)).not.toContain('a'));
    expect(statusOf(host)).toBe(gone);
  });

  it('says so on the card when the shop refuses, keeps the card, and can be tried again', async () => {
    const { host, instance } = await mountShown();
    instance.answerAdd = () => Promise.reject(new Error('sold out'));
    buttonOf(host, 'a').click();
    const reason = () => cardOf(host, 'a').querySelector('[part=reason]')?.textContent;
    await vi.waitFor(() => expect(reason()).toBe('Could not be added. Please try again.'));
    expect(statusOf(host)).toBe('Could not be added. Please try again.');
    instance.change();
    await new Promise(requestAnimationFrame);
    await vi.waitFor(() => expect(host.dataset.strategy).toBe('model'));
    expect(reason()).toBe('Could not be added. Please try again.');
    expect(buttonOf(host, 'a').getAttribute('aria-busy')).toBe('false');
    instance.answerAdd = async () => {};
    buttonOf(host, 'a').click();
    await vi.waitFor(() => expect(idsOf(host)).not.toContain('a'));
  });

  it("works by keyboard, and hands the focus to the next card's button", async () => {
    const { host } = await mountShown();
    buttonOf(host, 'b').focus();
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(idsOf(host)).toEqual(['a', 'c', 'd', 'e']));
    expect(host.shadowRoot?.activeElement).toBe(buttonOf(host, 'c'));
  });

  it('keeps the focus on a card that moves', async () => {
    const engine = aFakeEngine(['a', 'b', 'c', 'd']);
    const { host, instance } = await mountShown(engine);
    buttonOf(host, 'd').focus();
    engine.catalog.reverse();
    instance.change();
    await vi.waitFor(() => expect(idsOf(host)).toEqual(['d', 'c', 'b', 'a']));
    expect(host.shadowRoot?.activeElement).toBe(buttonOf(host, 'd'));
  });

  it('tracks the click on a link as select_item with its place', async () => {
    const { host, instance } = await mountShown(aFakeEngine(), { placement: 'drawer' });
    const link = cardOf(host, 'b').querySelector('a') as HTMLAnchorElement;
    host.addEventListener('click', (event) => event.preventDefault());
    link.click();
    expect(instance.tracked).toEqual([{ type: 'select_item', itemId: 'b', listId: 'drawer', position: 2 }]);
  });

  it('watches every card that is shown, and none that left', async () => {
    const { host, instance } = await mountShown();
    expect(instance.observed).toEqual(['a', 'b', 'c', 'd']);
    instance.putInCart('b');
    await vi.waitFor(() => expect(idsOf(host)).toEqual(['a', 'c', 'd', 'e']));
    expect(instance.observed.sort()).toEqual(['a', 'c', 'd', 'e']);
    host.remove();
    await vi.waitFor(() => expect(instance.observed).toEqual([]));
  });
});

describe('changes', () => {
  it('asks once a frame however often the cart changes', async () => {
    const engine = aFakeEngine();
    const { instance } = await mountShown(engine);
    const before = engine.requests.length;
    for (let i = 0; i < 1_000; i++) instance.change();
    await vi.waitFor(() => expect(engine.requests.length).toBe(before + 1));
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    expect(engine.requests.length).toBe(before + 1);
  });

  it('never shows an answer to a question that is older than the last change', async () => {
    const engine = aFakeEngine();
    const { host, instance } = await mountShown(engine);
    const answers: Gate[] = [];
    engine.beforeAnswer = () => {
      const answer = aGate();
      answers.push(answer);
      return answer.promise;
    };
    const shown: (string | undefined)[][] = [];
    host.addEventListener('load', () => shown.push(idsOf(host)));
    instance.change();
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    instance.putInCart('a');
    answers[0]?.open();
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[1]?.open();
    await vi.waitFor(() => expect(shown).toEqual([['b', 'c', 'd', 'e']]));
  });

  it('keeps its cards through a move, and undoes everything when it is removed', async () => {
    const engine = aFakeEngine();
    const { host, instance } = await mountShown(engine);
    const card = cardOf(host, 'a');
    const asked = engine.requests.length;
    const elsewhere = document.body.appendChild(document.createElement('div'));
    for (let i = 0; i < 5; i++) {
      elsewhere.append(host);
      document.body.append(host);
    }
    await new Promise(requestAnimationFrame);
    expect(cardOf(host, 'a')).toBe(card);
    expect(engine.requests.length).toBe(asked);
    host.remove();
    await vi.waitFor(() => expect(cardsOf(host)).toEqual([]));
    instance.change();
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    expect(engine.requests.length).toBe(asked);
    document.body.append(host);
    await vi.waitFor(() => expect(idsOf(host)).toHaveLength(4));
  });

  it('fills a shadow root that the page empties, three times, and then gives up and says so', async () => {
    const { host, instance } = await mountShown();
    for (let i = 0; i < 3; i++) {
      host.shadowRoot?.replaceChildren();
      instance.change();
      await vi.waitFor(() => expect(idsOf(host)).toHaveLength(4));
    }
    host.shadowRoot?.replaceChildren();
    instance.change();
    await vi.waitFor(() => expect(instance.problems.map(({ code }) => code)).toEqual(['widget-failed']));
    expect(host.hidden).toBe(true);
  });
});

describe('a hostile catalogue', () => {
  const CORPUS = [
    '"><img src=x onerror="window.__tillsideHit=1">',
    '<script>window.__tillsideHit=1</script>',
    '\u202Egnp.exe\u200B\u200D',
    'x'.repeat(1_000_000),
    '__proto__',
    '{name}',
    '{{constructor.constructor(1)()}}',
    '</style><style>*{display:none}</style>',
  ];
  const URLS = ['java\nscript:window.__tillsideHit=1', 'data:text/html,<script>1</script>', 'vbscript:x', 'https://[', '\u0000'];

  it('runs nothing, parses nothing, and links nowhere but http(s)', async () => {
    const text = fc.oneof(fc.constantFrom(...CORPUS), fc.string());
    const url = fc.oneof(fc.constantFrom(...URLS), fc.string());
    const facts = fc.record({
      itemId: text.filter(Boolean),
      title: text,
      url,
      imageUrl: fc.constantFrom(...URLS),
      currency: text,
      category: text,
    });
    await fc.assert(
      fc.asyncProperty(facts, async (item) => {
        const engine = aFakeEngine([]);
        engine.catalog = [anItem(item)];
        const { host } = await mountShown(engine);
        const [card] = cardsOf(host);
        expect(card?.querySelectorAll('img, script, style')).toHaveLength(0);
        expect(card?.querySelector('a')?.getAttribute('href') ?? 'https:').toMatch(/^https?:/);
        expect((card?.textContent ?? '').length).toBeLessThan(2_000);
        host.remove();
      }),
      { numRuns: 40 },
    );
    expect((window as { __tillsideHit?: unknown }).__tillsideHit).toBeUndefined();
  });

  it('leaves a tile with the first letter where the picture does not load', async () => {
    const engine = aFakeEngine([]);
    engine.catalog = [anItem({ itemId: 'a', title: 'Mug', imageUrl: '/no-such-picture.png' })];
    const { host } = await mountShown(engine);
    const picture = cardOf(host, 'a').querySelector('[part=picture]');
    const before = picture?.getBoundingClientRect().height;
    await vi.waitFor(() => expect(picture?.querySelector('img')).toBeNull());
    expect(picture?.textContent).toBe('M');
    expect(picture?.getBoundingClientRect().height).toBe(before);
  });
});

describe('layout', () => {
  const heightOf = (host: Element) => host.getBoundingClientRect().height;

  it.each([280, 375, 1280])('reserves at %d px exactly the space of the slate, so that nothing below moves', async (width) => {
    const engine = aFakeEngine();
    const answer = aGate();
    engine.beforeAnswer = () => answer.promise;
    document.body.style.width = `${width}px`;
    const { host } = mount(aFakeInstance(engine));
    const below = document.body.appendChild(document.createElement('p'));
    below.textContent = 'Footer';
    const reserved = heightOf(host);
    expect(reserved).toBeGreaterThan(100);
    await vi.waitFor(() => expect(engine.requests).toHaveLength(1));
    answer.open();
    await vi.waitFor(() => expect(idsOf(host)).toHaveLength(4));
    expect(heightOf(host)).toBe(reserved);
    expect(host.scrollWidth).toBeLessThanOrEqual(width);
    document.body.style.width = '';
  });

  it("reserves that space under a sheet in which what is hidden takes none, as Bootstrap's", async () => {
    const sheet = document.head.appendChild(document.createElement('style'));
    sheet.textContent = '[hidden] { display: none !important; }';
    onTestFinished(() => sheet.remove());
    const engine = aFakeEngine();
    const answer = aGate();
    engine.beforeAnswer = () => answer.promise;
    const { host } = mount(aFakeInstance(engine));
    const reserved = heightOf(host);
    expect(reserved).toBeGreaterThan(100);
    answer.open();
    await vi.waitFor(() => expect(idsOf(host)).toHaveLength(4));
    expect(heightOf(host)).toBe(reserved);
  });

  it('keeps its height whatever the titles, reasons, failures and the number of cards are', async () => {
    const engine = aFakeEngine();
    const { host, instance } = await mountShown(engine);
    const height = heightOf(host);
    engine.catalog = [anItem({ itemId: 'x', title: 'long words '.repeat(30) }), anItem({ itemId: 'y', title: 'w'.repeat(200) })];
    instance.change();
    await vi.waitFor(() => expect(idsOf(host)).toEqual(['x', 'y']));
    expect(heightOf(host)).toBe(height);
    instance.answerAdd = () => Promise.reject(new Error('no'));
    buttonOf(host, 'x').click();
    await vi.waitFor(() => expect(statusOf(host)).toContain('Could not'));
    expect(heightOf(host)).toBe(height);
  });

  it('causes no layout-shift entry from first paint to slate, through a change and into an empty slate', async () => {
    const shifts: PerformanceEntry[] = [];
    const observer = new PerformanceObserver((list) => shifts.push(...list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: false });
    const engine = aFakeEngine();
    const { host, instance } = mount(aFakeInstance(engine));
    const below = document.body.appendChild(document.createElement('p'));
    below.textContent = 'Footer';
    await twoFrames();
    await vi.waitFor(() => expect(idsOf(host)).toHaveLength(4));
    const top = below.getBoundingClientRect().top;
    await twoFrames();
    instance.putInCart('a');
    await vi.waitFor(() => expect(idsOf(host)).toEqual(['b', 'c', 'd', 'e']));
    await twoFrames();
    engine.catalog = [];
    instance.change();
    await vi.waitFor(() => expect(isUnseen(host)).toBe(true));
    await twoFrames();
    expect(below.getBoundingClientRect().top).toBe(top);
    shifts.push(...observer.takeRecords());
    observer.disconnect();
    expect(shifts).toEqual([]);
  });

  it('gives the space of an empty slate back when it is below the window', async () => {
    const spacer = document.body.appendChild(document.createElement('div'));
    spacer.style.height = '5000px';
    const { host } = mount(aFakeInstance(aFakeEngine([])));
    await vi.waitFor(() => expect(host.dataset.strategy).toBe('none'));
    await vi.waitFor(() => expect(heightOf(host)).toBe(0));
  });
});

async function twoFrames(): Promise<void> {
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
}

describe('accessibility', () => {
  it.each(['light', 'dark'])('axe finds nothing in a %s page', async (theme) => {
    document.documentElement.lang = 'en';
    document.documentElement.style.cssText =
      theme === 'dark' ? 'color-scheme: dark; background: #111; color: #eee' : 'background: #fff; color: #222';
    const { host } = await mountShown();
    const { violations, passes } = await axe.run(host);
    expect(violations).toEqual([]);
    expect(passes.map(({ id }) => id)).toContain('color-contrast');
    document.documentElement.style.cssText = '';
  });
});
