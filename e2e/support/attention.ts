// How a shopper's attention comes and goes. Headless browsers differ in what they can really do.
import type { Page } from '@playwright/test';

/** Opens another tab in front: Firefox hides the page for real, headless Chromium keeps it visible and has to be told. */
export async function hide(page: Page): Promise<() => Promise<void>> {
  if (page.context().browser()?.browserType().name() === 'firefox') {
    const [tab] = await Promise.all([page.waitForEvent('popup'), page.evaluate(() => void window.open('about:blank'))]);
    await page.waitForFunction(() => document.visibilityState === 'hidden');
    return async () => {
      await page.bringToFront();
      await page.waitForFunction(() => document.visibilityState === 'visible' && document.hasFocus());
      await tab.close();
    };
  }
  await setVisibility(page, 'hidden');
  return () => setVisibility(page, 'visible');
}

/** Gives the focus to another window; the page stays as visible as the browser keeps it. */
export async function blur(page: Page): Promise<() => Promise<void>> {
  const context = page.context();
  if (context.browser()?.browserType().name() === 'chromium') {
    // Playwright's pages otherwise all believe that they have the focus.
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setFocusEmulationEnabled', { enabled: false });
  }
  const other = await context.newPage();
  await other.bringToFront();
  await page.waitForFunction(() => !document.hasFocus());
  return async () => {
    await page.bringToFront();
    await page.waitForFunction(() => document.hasFocus());
    await other.close();
  };
}

/** Lets the page's clock run, in steps that no timer of tillside takes for a system sleep. */
export async function pass(page: Page, seconds: number): Promise<void> {
  for (let left = seconds; left > 0; left -= 5) await page.clock.fastForward(Math.min(left, 5) * 1000);
}

async function setVisibility(page: Page, state: DocumentVisibilityState): Promise<void> {
  await page.evaluate((visibility) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: visibility });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, state);
}
