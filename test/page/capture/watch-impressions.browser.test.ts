import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Impression, watchImpressions } from '../../../src/page/capture/watch-impressions.js';
import { countListeners, fakePage } from './fake-page.js';

describe('impressions', () => {
  let page: ReturnType<typeof fakePage>;
  let seen: Impression[];
  const start = () => watchImpressions(page.context, (impression) => seen.push(impression));
  const card = (topPx: number) => {
    const element = document.body.appendChild(document.createElement('div'));
    element.style.cssText = `position:absolute;top:${topPx}px;left:0;width:100px;height:100px`;
    return element;
  };
  const realFrame = window.requestAnimationFrame.bind(window);
  /** The observer reports in real frames; the seconds are the test's. */
  const frames = async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => realFrame(resolve));
  };
  const first: Impression = { itemId: 'a', listId: 'slate-1', position: 1 };

  beforeEach(() => {
    page = fakePage();
    seen = [];
  });
  afterEach(() => page.close());

  it('are cards at least half visible for a second', async () => {
    const impressions = start();
    impressions.observe(card(0), first);
    await frames();
    await page.pass(999);
    expect(seen).toEqual([]);
    await page.pass(1);
    expect(seen).toEqual([first]);
    impressions.stop();
  });

  it('are not cards of which less than half shows', async () => {
    const impressions = start();
    impressions.observe(card(window.innerHeight - 40), first);
    await frames();
    await page.pass(5_000);
    expect(seen).toEqual([]);
    impressions.stop();
  });

  it('are not cards that went before the second was over', async () => {
    const impressions = start();
    const element = card(0);
    impressions.observe(element, first);
    await frames();
    await page.pass(900);
    element.style.top = '100000px';
    await frames();
    await page.pass(5_000);
    expect(seen).toEqual([]);
    impressions.stop();
  });

  it('count once an item, list and position, and again on another slate', async () => {
    const impressions = start();
    for (const impression of [first, first, { ...first, listId: 'slate-2' }]) {
      impressions.observe(card(0), impression);
      await frames();
      await page.pass(1_000);
    }
    expect(seen).toEqual([first, { ...first, listId: 'slate-2' }]);
    impressions.stop();
  });

  it('wait while the tab is hidden', async () => {
    const impressions = start();
    impressions.observe(card(0), first);
    await frames();
    await page.pass(500);
    page.hide();
    await page.pass(5_000);
    expect(seen).toEqual([]);
    page.show();
    await page.pass(1_000);
    expect(seen).toEqual([first]);
    impressions.stop();
  });

  it('of a card that is no longer observed do not count', async () => {
    const impressions = start();
    const unobserve = impressions.observe(card(0), first);
    await frames();
    unobserve();
    await page.pass(5_000);
    expect(seen).toEqual([]);
    impressions.stop();
  });

  it('hold no listener, observer or timer after the stop', async () => {
    const disconnect = vi.spyOn(IntersectionObserver.prototype, 'disconnect');
    const held = countListeners();
    const impressions = start();
    impressions.observe(card(0), first);
    await frames();
    impressions.stop();
    expect([held(), vi.getTimerCount()]).toEqual([0, 0]);
    expect(disconnect).toHaveBeenCalledTimes(1);
  });
});
