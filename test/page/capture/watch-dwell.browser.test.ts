import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchDwell } from '../../../src/page/capture/watch-dwell.js';
import { countListeners, fakePage } from './fake-page.js';

describe('dwell', () => {
  let page: ReturnType<typeof fakePage>;
  let dwells: number[];
  const start = () => watchDwell(page.context, (dwellMs) => dwells.push(dwellMs));
  const total = () => dwells.reduce((sum, dwellMs) => sum + dwellMs, 0);

  beforeEach(() => {
    page = fakePage();
    dwells = [];
  });
  afterEach(() => page.close());

  it('is the time from the start to the stop while the page is seen', async () => {
    const stop = start();
    await page.pass(12_345);
    stop();
    expect(dwells).toEqual([12_345]);
  });

  it('is emitted when the tab is hidden and goes on from zero when it is shown again', async () => {
    const stop = start();
    await page.pass(4_000);
    page.hide();
    expect(dwells).toEqual([4_000]);
    await page.pass(60_000);
    page.show();
    await page.pass(3_000);
    stop();
    expect(dwells).toEqual([4_000, 3_000]);
  });

  it('stops counting when the window loses focus', async () => {
    const stop = start();
    await page.pass(2_000);
    page.blur();
    await page.pass(20_000);
    page.focus();
    await page.pass(1_000);
    stop();
    expect(total()).toBe(3_000);
  });

  it('does not begin in a window without focus', async () => {
    page.blur();
    const stop = start();
    await page.pass(9_000);
    stop();
    expect(dwells).toEqual([]);
  });

  it('notices within a tick that focus left through an iframe, which blurs no window of the page', async () => {
    const stop = start();
    await page.pass(2_000);
    vi.spyOn(document, 'hasFocus').mockReturnValue(false);
    await page.pass(25_000);
    stop();
    expect(total()).toBe(5_000);
  });

  it('counts until 30 s after the last input and not beyond', async () => {
    const stop = start();
    await page.pass(10_000);
    page.input();
    await page.pass(300_000);
    stop();
    expect(total()).toBe(40_000);
  });

  it('counts again from the input that ends an idle time', async () => {
    const stop = start();
    await page.pass(100_000);
    page.input();
    await page.pass(7_000);
    stop();
    expect(total()).toBe(37_000);
  });

  it('takes the scroll of the page as input, and that of a carousel not', async () => {
    const carousel = document.body.appendChild(document.createElement('div'));
    const stop = start();
    await page.pass(20_000);
    document.dispatchEvent(new Event('scroll', { bubbles: true }));
    await page.pass(20_000);
    carousel.dispatchEvent(new Event('scroll'));
    await page.pass(100_000);
    stop();
    expect(total()).toBe(50_000);
  });

  it('does not count a system sleep', async () => {
    const stop = start();
    await page.pass(5_000);
    page.sleep(3_600_000);
    page.input();
    await page.pass(1_000);
    stop();
    expect(total()).toBe(6_000);
  });

  it('does not count a freeze of an hour', async () => {
    const stop = start();
    await page.pass(5_000);
    page.hide();
    document.dispatchEvent(new Event('freeze'));
    page.sleep(3_600_000);
    document.dispatchEvent(new Event('resume'));
    page.show();
    await page.pass(2_000);
    stop();
    expect(total()).toBe(7_000);
  });

  it('does not count the time in the bfcache and resumes after it', async () => {
    const stop = start();
    await page.pass(5_000);
    page.leave();
    expect(dwells).toEqual([5_000]);
    page.sleep(20_000);
    page.restore();
    await page.pass(1_000);
    stop();
    expect(total()).toBe(6_000);
  });

  it('loses no fraction of a millisecond over many emissions', async () => {
    let at = 0;
    const stop = watchDwell({ ...page.context, now: () => at }, (dwellMs) => dwells.push(dwellMs));
    for (let turn = 0; turn < 10; turn++) {
      at += 0.5;
      page.hide();
      page.show();
    }
    stop();
    expect(total()).toBe(5);
  });

  it('holds no listener and no timer after its stop', async () => {
    const held = countListeners();
    const stop = start();
    expect(held()).toBeGreaterThan(0);
    stop();
    stop();
    expect([held(), vi.getTimerCount()]).toEqual([0, 0]);
  });

  it('reports an exception and never throws it at the page', async () => {
    const stop = watchDwell(page.context, () => {
      throw new Error('listener broke');
    });
    await page.pass(1_000);
    page.hide();
    stop();
    expect(page.errors).toContainEqual({ code: 'page-failed', message: 'listener broke' });
  });
});
