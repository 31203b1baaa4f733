import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ItemOffer } from '../../../src/core/domain/item.js';
import { defineSuggestions } from '../../../src/page/widget/define-suggestions.js';
import { anItem } from '../../../src/page/testing/builders.js';
import { aFakeEngine, type FakeEngine } from '../../support/fake-engine.js';
import { type MountedWidget, mountWidget } from './mount.js';

beforeAll(defineSuggestions);
afterEach(() => document.body.replaceChildren());

const OFFER: ItemOffer = { price: 2.5, currency: 'GBP', regularPrice: 4, promotion: '3 for 2' };

function anOffering(offer: ItemOffer | undefined, over: { price?: number; currency?: string } = {}): FakeEngine {
  const engine = aFakeEngine();
  engine.catalog = engine.catalog.map((item) =>
    item.itemId === 'a' ? { ...anItem({ itemId: 'a', ...over }), ...(offer && { offer }) } : item,
  );
  return engine;
}

const priceOf = ({ part }: MountedWidget) => part('price', 'a').textContent;

describe('an offer on a card', () => {
  it('is a label on the picture, and what it costs otherwise, said and struck through', async () => {
    const widget = await mountWidget(anOffering(OFFER));
    expect(widget.part('promotion', 'a').textContent).toBe('3 for 2');
    expect(priceOf(widget)).toBe('£2.50 Regular price: £4.00');
    expect(widget.part('regular-price', 'a').localName).toBe('s');
    expect(widget.part('promotion', 'b')).toBeNull();
  });

  it('says nothing of a regular price beside a price that is not its own', async () => {
    expect(priceOf(await mountWidget(anOffering(OFFER, { price: 2.25 })))).toBe('£2.25');
    expect(priceOf(await mountWidget(anOffering(OFFER, { currency: 'EUR' })))).toBe('€2.50');
  });

  it('comes and goes without moving anything', async () => {
    const engine = anOffering(undefined);
    const widget = await mountWidget(engine);
    const boxes = () =>
      ['card', 'title', 'reason', 'add'].map((name) => JSON.stringify(widget.part(name, 'a').getBoundingClientRect()));
    const before = boxes();
    engine.catalog = anOffering({ ...OFFER, promotion: 'W'.repeat(60) }).catalog;
    widget.instance.change();
    await vi.waitFor(() => expect(widget.part('promotion', 'a')).not.toBeNull());
    expect(boxes()).toEqual(before);
    engine.catalog = anOffering(undefined).catalog;
    widget.instance.change();
    await vi.waitFor(() => expect(widget.part('promotion', 'a')).toBeNull());
    expect([boxes(), priceOf(widget)]).toEqual([before, '£2.50']);
  });

  it("is text, whatever it says, and leaves the card's link to be pressed", async () => {
    const widget = await mountWidget(anOffering({ ...OFFER, promotion: '<img src=x onerror=alert(1)>' }));
    const label = widget.part('promotion', 'a');
    expect([label.textContent, label.children.length]).toEqual(['<img src=x onerror=alert(1)>', 0]);
    expect(getComputedStyle(label).pointerEvents).toBe('none');
  });

  it("shows in a shop's own layout where that has a place for it", async () => {
    const html =
      '<template slot="card"><b data-bind="title"></b><i data-bind="price"></i><u data-bind="promotion"></u><s data-bind="regular-price"></s></template>';
    const widget = await mountWidget(anOffering(OFFER), { html });
    const texts = ['i', 'u', 's'].map((name) => widget.part('card', 'a').querySelector(name)?.textContent);
    expect(texts).toEqual(['£2.50', '3 for 2', 'Regular price: £4.00']);
    const plain = await mountWidget(anOffering(OFFER), { html: '<template slot="card"><b data-bind="title"></b></template>' });
    expect(plain.part('card', 'a').textContent).not.toContain('3 for 2');
  });
});
