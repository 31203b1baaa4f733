import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { anItem } from '../../../src/page/testing/builders.js';
import { toSafeUrl } from '../../../src/page/safe-url.js';
import { createParts } from '../../../src/page/widget/card-parts.js';
import { defineSuggestions } from '../../../src/page/widget/define-suggestions.js';
import { showImage } from '../../../src/page/widget/show-image.js';
import { showKnownImage } from '../../../src/page/widget/show-known-image.js';
import type { ShowPicture } from '../../../src/page/widget/widget-context.js';
import { aFakeEngine } from '../../support/fake-engine.js';
import { mountWidget } from './mount.js';

beforeAll(defineSuggestions);
afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

const ELSEWHERE = 'https://images.example/cup.jpg';

/** What a card requests. */
function shownBy(show: ShowPicture, imageUrl?: string): string | undefined {
  const parts = createParts('li');
  show(parts, anItem({ itemId: 'cup', ...(imageUrl && { imageUrl }) }));
  return parts.picture.querySelector('img')?.src;
}

describe('images: all', () => {
  const showAll: ShowPicture = (parts, { imageUrl }) => showImage(parts, toSafeUrl(imageUrl, location.href));

  it("shows the catalogue's, from http(s) only", () => {
    expect(shownBy(showAll, ELSEWHERE)).toBe(ELSEWHERE);
    expect(shownBy(showAll, '/cup.jpg')).toBe(new URL('/cup.jpg', location.href).href);
    expect(shownBy(showAll, 'data:image/png;base64,AA')).toBeUndefined();
    expect(shownBy(showAll)).toBeUndefined();
  });
});

describe('images: page-known', () => {
  const shown = (imageUrl: string) => shownBy(showKnownImage, imageUrl);

  it('shows those of the page itself, and of nobody else', () => {
    expect(shown('/cup.jpg')).toBe(new URL('/cup.jpg', location.href).href);
    expect(shown(ELSEWHERE)).toBeUndefined();
  });

  it('knows where a picture of the page comes from', () => {
    document.body.innerHTML = '<img src="https://images.example/logo.svg" loading="lazy" style="margin-top: 99999px" alt="">';
    expect(shown(ELSEWHERE)).toBe(ELSEWHERE);
    expect(shown('https://images.example.evil/cup.jpg')).toBeUndefined();
    expect(shown('https://other.example/cup.jpg')).toBeUndefined();
  });

  it.each([
    '{"@type":"Product","image":"https://images.example/plate.jpg"}',
    '{"@type":"Product","image":["https:\\/\\/images.example\\/plate.jpg"]}',
  ])('knows what the JSON-LD names: %s', (text) => {
    const script = Object.assign(document.createElement('script'), { type: 'application/ld+json', textContent: text });
    document.body.append(script);
    expect(shown(ELSEWHERE)).toBe(ELSEWHERE);
    expect(shown('https://other.example/cup.jpg')).toBeUndefined();
  });

  it('comes to the cards of a widget', async () => {
    const engine = aFakeEngine([]);
    engine.catalog = [
      anItem({ itemId: 'own', imageUrl: '/test/support/sprite/sheet.svg' }),
      anItem({ itemId: 'other', imageUrl: ELSEWHERE }),
    ];
    const { part } = await mountWidget(engine, { prepare: (instance) => Object.assign(instance, { images: 'page-known' }) });
    await vi.waitFor(() => expect(part('picture', 'own').querySelector('img')).not.toBeNull());
    expect(part('picture', 'other').querySelector('img')).toBeNull();
  });
});

describe('images: none', () => {
  it('shows a letter', async () => {
    const engine = aFakeEngine([]);
    engine.catalog = [anItem({ itemId: 'own', imageUrl: '/test/support/sprite/sheet.svg' })];
    const { part } = await mountWidget(engine, { prepare: (instance) => Object.assign(instance, { images: 'none' }) });
    expect(part('picture', 'own').innerHTML).toBe('<span aria-hidden="true">T</span>');
  });
});

describe('images: sprite', () => {
  const SHEET = new URL('/test/support/sprite/sheet.svg', location.href).href;
  const mountWith = (spriteUrl: string, html?: string) =>
    mountWidget(aFakeEngine(['a', 'b', 'c', 'd', 'toString']), {
      attributes: { size: '5' },
      ...(html && { html }),
      prepare(instance) {
        Object.assign(instance, { images: 'sprite', spriteUrl });
      },
    });
  /** Where the sheet lies under the element, as a share of the element: what is seen is from 0 to 1. */
  const sheetUnder = (element: HTMLElement) => {
    const image = element.querySelector('img');
    if (!image) return undefined;
    const [frame, { left, top, width, height }] = [element.getBoundingClientRect(), image.getBoundingClientRect()];
    const shares = [
      (left - frame.left) / frame.width,
      (top - frame.top) / frame.height,
      width / frame.width,
      height / frame.height,
    ];
    return [image.src, getComputedStyle(element).overflow, ...shares.map((share) => Math.round(share * 10) / 10)];
  };

  it("shows an item's part of the sheet, and a letter for what is not on it", async () => {
    const { part } = await mountWith(SHEET);
    await vi.waitFor(() => expect(part('picture', 'a').textContent).toBe(''));
    expect(sheetUnder(part('picture', 'a'))).toEqual([SHEET, 'hidden', 0, 0, 3, 2]);
    expect(sheetUnder(part('picture', 'b'))).toEqual([SHEET, 'hidden', -1, -1, 3, 2]);
    for (const itemId of ['c', 'd', 'toString']) {
      expect([part('picture', itemId).textContent, sheetUnder(part('picture', itemId))]).toEqual(['T', undefined]);
    }
  });

  it('asks for the sheet and its list once a page, whatever is suggested, and for no picture of an item', async () => {
    const url = `${SHEET}?once`;
    const asked = vi.spyOn(window, 'fetch');
    const first = await mountWith(url);
    const second = await mountWith(url);
    for (const { part } of [first, second]) await vi.waitFor(() => expect(part('picture', 'b').textContent).toBe(''));
    first.instance.putInCart('a');
    await vi.waitFor(() => expect(first.ids()).not.toContain('a'));
    expect(asked.mock.calls).toEqual([[`${SHEET}.json?once`]]);
    const loaded = performance.getEntriesByType('resource').filter(({ name }) => name === url);
    expect(loaded).toHaveLength(1);
    expect(document.querySelectorAll('tillside-suggestions')).toHaveLength(2);
    for (const { host } of [first, second])
      for (const { src } of host.shadowRoot?.querySelectorAll('img') ?? []) expect(src).toBe(url);
  });

  it("draws it on the element of a shop's own layout", async () => {
    const template =
      '<template slot="card"><div data-bind="image" class="mine" style="width: 80px; height: 40px"></div><button data-bind="add"></button></template>';
    const { part } = await mountWith(SHEET, template);
    const under = () => sheetUnder(part('card', 'b').querySelector('.mine') as HTMLElement);
    await vi.waitFor(() => expect(under()).toEqual([SHEET, 'hidden', -1, -1, 3, 2]));
  });

  it.each([
    ['the list', new URL('/test/support/sprite/missing.svg', location.href).href, 'missing.svg.json is not to be had'],
    ['the sheet', new URL('/test/support/sprite/broken.svg', location.href).href, 'broken.svg does not load'],
  ])('keeps the letters and tells the shop where %s is not to be had', async (_what, url, message) => {
    vi.spyOn(window, 'fetch').mockImplementation(async () =>
      url.includes('broken') ? Response.json({}) : new Response('', { status: 404 }),
    );
    const { part, instance } = await mountWith(url);
    await vi.waitFor(() => expect(instance.problems.map(({ code }) => code)).toEqual(['widget-failed']));
    expect(instance.problems[0]?.message).toContain(message);
    expect(part('picture', 'a').textContent).toBe('T');
  });
});
