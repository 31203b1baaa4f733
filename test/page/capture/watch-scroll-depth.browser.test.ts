import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchScrollDepth } from '../../../src/page/capture/watch-scroll-depth.js';
import { countListeners, fakePage } from './fake-page.js';

describe('scroll depth', () => {
  let page: ReturnType<typeof fakePage>;
  let tall: HTMLElement;
  let depths: number[];
  const start = () => watchScrollDepth(page.context, (depth) => depths.push(depth));
  /** Until layout, its observers and the frame after it have run, in real frames. */
  const settle = async () => {
    vi.useRealTimers();
    for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  };
  const expected = (bottomPx: number) => bottomPx / document.documentElement.scrollHeight;

  beforeEach(() => {
    page = fakePage();
    vi.useRealTimers();
    tall = document.body.appendChild(document.createElement('div'));
    tall.style.height = `${window.innerHeight * 4}px`;
    window.scrollTo(0, 0);
    depths = [];
  });
  afterEach(() => {
    window.scrollTo(0, 0);
    page.close();
  });

  it('is the furthest viewport bottom over the height of the document', async () => {
    const stop = start();
    window.scrollTo(0, window.innerHeight);
    await settle();
    window.scrollTo(0, 0);
    await settle();
    stop();
    expect(depths).toHaveLength(1);
    expect(depths[0]).toBeCloseTo(expected(window.innerHeight * 2), 2);
  });

  it('counts the first screen without any scroll', async () => {
    const stop = start();
    await settle();
    stop();
    expect(depths[0]).toBeCloseTo(expected(window.innerHeight), 2);
  });

  it('is measured against the grown document when content arrives later', async () => {
    tall.style.height = '10px';
    const stop = start();
    await settle();
    tall.style.height = `${window.innerHeight * 10}px`;
    await settle();
    stop();
    expect(depths[0]).toBeCloseTo(expected(window.innerHeight), 2);
    expect(depths[0]).toBeLessThan(0.2);
  });

  it('is emitted when hidden, and again only once it grew', async () => {
    const stop = start();
    await settle();
    page.hide();
    page.show();
    page.hide();
    expect(depths).toHaveLength(1);
    page.show();
    window.scrollTo(0, window.innerHeight * 2);
    await settle();
    page.leave();
    stop();
    expect(depths).toHaveLength(2);
    expect(depths[1]).toBeGreaterThan(depths[0]!);
  });

  it('never exceeds 1, also when the document shrinks', async () => {
    const stop = start();
    window.scrollTo(0, window.innerHeight * 3);
    await settle();
    tall.style.height = '10px';
    await settle();
    stop();
    expect(depths.at(-1)).toBe(1);
  });

  it('keeps the last reading of its page when the next route is already shown at the stop', async () => {
    const stop = start();
    await settle();
    tall.style.height = '1px';
    stop();
    expect(depths[0]).toBeLessThan(0.3);
  });

  it('reads the layout once a frame however often the page scrolls', async () => {
    const stop = start();
    await settle();
    const read = vi.spyOn(window, 'requestAnimationFrame');
    for (let turn = 0; turn < 100; turn++) window.dispatchEvent(new Event('scroll'));
    expect(read).toHaveBeenCalledTimes(1);
    stop();
  });

  it('holds no listener and no observer after its stop', async () => {
    const disconnect = vi.spyOn(ResizeObserver.prototype, 'disconnect');
    const held = countListeners();
    const stop = start();
    expect(held()).toBeGreaterThan(0);
    stop();
    expect(held()).toBe(0);
    expect(disconnect).toHaveBeenCalledTimes(1);
  });
});
