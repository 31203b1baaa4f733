import { afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createGa4Source } from '../../../src/page/adapters/ga4.js';
import type { AnalyticsOption, ListedItem } from '../../../src/page/analytics/analytics-option.js';
import { startAnalytics } from '../../../src/page/analytics/start-analytics.js';
import { defineSuggestions } from '../../../src/page/widget/define-suggestions.js';
import { aFakeEngine } from '../../support/fake-engine.js';
import { mountWidget } from '../widget/mount.js';
import { recordedSink } from '../adapters/recorded-sink.js';

interface LayerPage {
  dataLayer?: unknown[] | undefined;
  gtag?: ((...args: readonly unknown[]) => void) | undefined;
}
const page = window as unknown as LayerPage;

beforeAll(defineSuggestions);
beforeAll(() => addEventListener('click', (event) => event.preventDefault()));
afterEach(() => {
  document.body.replaceChildren();
  delete page.dataLayer;
  delete page.gtag;
  Reflect.deleteProperty(navigator, 'globalPrivacyControl');
});

async function mountAnalysed(option: AnalyticsOption) {
  return mountWidget(aFakeEngine(), {
    attributes: { placement: 'drawer' },
    prepare: (instance) => onTestFinished(startAnalytics(instance, option)),
  });
}

function handlers() {
  const told: [string, readonly ListedItem[]][] = [];
  return {
    told,
    onView: (items: readonly ListedItem[]) => void told.push(['view', items]),
    onSelect: (item: ListedItem) => void told.push(['select', [item]]),
    onAdd: (item: ListedItem) => void told.push(['add', [item]]),
  };
}
const said = ({ told }: ReturnType<typeof handlers>) =>
  told.map(([what, items]) => [what, ...items.map(({ itemId, position }) => `${itemId}${position}`)]);

describe('the handlers of a shop', () => {
  it('are told of the items that came into view, once each, of what was followed and of what was added', async () => {
    const shop = handlers();
    const { part, ids } = await mountAnalysed(shop);
    await vi.waitFor(() => expect(said(shop)).toEqual([['view', 'a1', 'b2', 'c3', 'd4']]));
    part('link', 'b').click();
    part('add', 'a').click();
    await vi.waitFor(() => expect(ids()).toEqual(['b', 'c', 'd', 'e']));
    await vi.waitFor(() =>
      expect(said(shop).slice(1)).toEqual([
        ['select', 'b2'],
        ['add', 'a1'],
        ['view', 'e4'],
      ]),
    );
    expect(shop.told[2]?.[1]).toEqual([
      expect.objectContaining({ itemId: 'a', listId: 'drawer', quantity: 1, price: 2.5, currency: 'GBP' }),
    ]);
  });

  it('are told nothing before the widget is seen', async () => {
    document.body.innerHTML = '<div style="height: 5000px"></div>';
    const shop = handlers();
    const { host } = await mountAnalysed(shop);
    await new Promise((resolve) => new IntersectionObserver(resolve).observe(host));
    expect(shop.told).toEqual([]);
    host.scrollIntoView();
    await vi.waitFor(() => expect(shop.told).toHaveLength(1));
  });

  it('are told nothing without consent, nor where the browser asks for privacy', async () => {
    const shop = handlers();
    const { part, instance } = await mountAnalysed(shop);
    await vi.waitFor(() => expect(shop.told).toHaveLength(1));
    const link = part('link', 'a');
    Object.defineProperty(instance, 'consentState', { value: 'denied', configurable: true });
    link.click();
    expect(shop.told).toHaveLength(1);

    Object.defineProperty(navigator, 'globalPrivacyControl', { value: true, configurable: true });
    const quiet = handlers();
    const second = await mountAnalysed(quiet);
    second.part('link', 'a').click();
    expect(quiet.told).toEqual([]);
  });

  it('may throw: that is reported, and the widget goes on', async () => {
    const { instance, part, ids } = await mountAnalysed({
      onAdd() {
        throw new Error('their fault');
      },
    });
    part('add', 'a').click();
    await vi.waitFor(() => expect(ids()).not.toContain('a'));
    expect(instance.problems).toEqual([{ code: 'page-failed', message: 'their fault' }]);
  });

  it('are told nothing after the stop', async () => {
    const shop = handlers();
    const widget = await mountWidget();
    startAnalytics(widget.instance, shop)();
    widget.part('link', 'a').click();
    expect(shop.told).toEqual([]);
  });
});

describe("Google's tag", () => {
  it('gets GA4 events in the data layer', async () => {
    page.dataLayer = [];
    const { part } = await mountAnalysed('ga4');
    await vi.waitFor(() => expect(page.dataLayer).toHaveLength(2));
    const [cleared, view] = page.dataLayer as [unknown, { event: string; ecommerce: { items: unknown[] } }];
    expect(cleared).toMatchObject({ ecommerce: null });
    expect(view).toMatchObject({ event: 'view_item_list', ecommerce: { item_list_id: 'tillside_drawer' } });
    expect(view.ecommerce.items).toHaveLength(4);
    part('add', 'b').click();
    await vi.waitFor(() => expect(page.dataLayer).toContainEqual(expect.objectContaining({ event: 'add_to_cart' })));
    expect(page.dataLayer).toContainEqual({
      event: 'add_to_cart',
      ecommerce: {
        currency: 'GBP',
        value: 2.5,
        item_list_id: 'tillside_drawer',
        item_list_name: 'tillside: drawer',
        tillside: true,
        items: [
          expect.objectContaining({
            item_id: 'b',
            item_name: 'Title b',
            index: 1,
            item_list_id: 'tillside_drawer',
            price: 2.5,
            quantity: 1,
          }),
        ],
      },
    });
  });

  it('gets them by gtag() where there is one', async () => {
    const calls: (readonly unknown[])[] = [];
    page.gtag = (...args) => void calls.push(args);
    const { part } = await mountAnalysed('ga4');
    part('link', 'a').click();
    await vi.waitFor(() =>
      expect(calls.map(([, name]) => name)).toEqual(expect.arrayContaining(['view_item_list', 'select_item'])),
    );
  });

  it('gets nothing where the page has none', async () => {
    const { part, instance } = await mountAnalysed('ga4');
    part('link', 'a').click();
    expect(page.dataLayer).toBeUndefined();
    expect(instance.problems).toEqual([]);
  });

  it.each(['dataLayer', 'gtag'])("is not read back as the shopper's: %s", async (way) => {
    const layer: unknown[] = [];
    page.dataLayer = layer;
    if (way === 'gtag')
      page.gtag = function () {
        // biome-ignore lint/complexity/noArguments: gtag pushes its arguments
        layer.push(arguments);
      };
    const { sink, log, events, facts } = recordedSink();
    const context = { window, now: () => performance.now(), wallClock: () => Date.now(), onError: () => {} };
    onTestFinished(createGa4Source(context).start(sink));
    const { part } = await mountAnalysed('ga4');
    part('add', 'a').click();
    part('link', 'b').click();
    await vi.waitFor(() => expect(JSON.stringify(layer)).toContain(way === 'gtag' ? 'add_to_cart' : '"event":"add_to_cart"'));
    expect([log, events, facts]).toEqual([[], [], []]);
    layer.push({ event: 'add_to_cart', ecommerce: { items: [{ item_id: 'theirs', item_list_id: 'tillside_drawer' }] } });
    expect(log).toEqual(['+1 theirs']);
  });
});
