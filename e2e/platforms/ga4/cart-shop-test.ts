// Playwright's test with a shop whose pages have one script tag of ours and nothing else: what it does, it does by itself.
import { test as base, expect as baseExpect, type Page } from '@playwright/test';
import type { Diagnostic } from '../../../src/core/errors.js';
import * as pageApi from '../../support/page-api.js';
import { startServer } from '../../support/server.mjs';
import { type CartShop, openCartShop } from './server.mjs';

/** On a busy machine a page's engine takes its time, and each scenario opens several. */
export const expect = baseExpect.configure({ timeout: 15_000 });

interface Shop extends CartShop {
  readonly url: string;
}

/** The test with the shop in this folder. */
export function testShopIn(folder: URL) {
  return base.extend<{ shop: Shop }>({
    shop: async ({ context }, use, info) => {
      info.slow();
      const server = await startServer(0);
      const shop = openCartShop(folder);
      server.intercept('/shop/', shop.answer);
      server.mount('/tillside', 'dist');
      const problems: string[] = [];
      await context.exposeBinding('onProblem', (_source, problem: string) => void problems.push(problem));
      await context.addInitScript(followProblems);
      await use(Object.assign(shop, { url: `${server.url}/shop` }));
      await context.close();
      await server.close();
      expect(problems, 'nothing of ours is thrown or rejected in the shop’s page').toEqual([]);
    },
  });
}

/** Runs in a page before its own scripts. */
function followProblems(): void {
  const { onProblem } = window as unknown as { onProblem(problem: string): void };
  const told: Diagnostic[] = [];
  const tell = (problem: Diagnostic) => told.push(problem);
  Object.assign(window, { tillsideConfig: { onError: tell, onDiagnostic: tell }, told });
  addEventListener('error', ({ message }) => onProblem(`error: ${message}`));
  addEventListener('unhandledrejection', ({ reason }) => onProblem(`unhandledrejection: ${reason}`));
}

/** Asks tillside once it is there: its script is `async`, and a page may be on its way. */
async function asked<T>(page: Page, ask: () => Promise<T>): Promise<T> {
  await page.waitForFunction(() => 'recommend' in ((window as { tillside?: object }).tillside ?? {}));
  return ask();
}

export const cartOf = (page: Page) => asked(page, () => pageApi.cartOf(page));
export const countOf = (page: Page, type: string, itemId?: string) => asked(page, () => pageApi.countOf(page, type, itemId));
export const exported = (page: Page) => asked(page, () => pageApi.exported(page));

/** What the widget shows, once it shows anything. */
export async function suggestedIds(page: Page): Promise<string[]> {
  const cards = page.locator('tillside-suggestions li');
  await expect(cards).toHaveCount(4);
  return cards.evaluateAll((list) => list.map((card) => (card as HTMLElement).dataset['itemId'] ?? ''));
}

/** Presses a button of the shop and waits until its server has answered. */
export async function press(page: Page, name: string): Promise<void> {
  const answered = page.waitForResponse((response) => /\/api\/(add|remove|order)$/.test(response.url()));
  await page.getByRole('button', { name, exact: true }).click();
  await answered;
}
