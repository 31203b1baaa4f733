// What the scenarios ask a page, through tillside's public API alone.
import type { Page } from '@playwright/test';
import type { InteractionEvent, StoredEvent } from '../../src/core/domain/event.js';
import type { Slate } from '../../src/core/domain/slate.js';
import type { EngineStatus, RecommendRequest } from '../../src/core/engine/contract.js';
import type { Tillside } from '../../src/page/tillside.js';

export type Tracked = Omit<InteractionEvent, 'eventId' | 'occurredAt'>;

/** One item of `exportData().session`, as a person reads it. */
export interface ReadableItem {
  readonly itemId: string;
  readonly views: number;
  readonly adds: number;
  readonly dwellMs: number;
  readonly scrollDepthRatio: number;
}

export interface ReadableSession {
  readonly session: number;
  readonly startedAt: string | null;
  readonly cart: readonly { readonly itemId: string; readonly quantity: number }[];
  readonly items: readonly ReadableItem[];
}

/** Everything kept on the device, once the engine has started: what is still on its way is waited for by the caller's poll. */
export async function exported(page: Page): Promise<{ events: readonly StoredEvent[]; session: ReadableSession; meta: object }> {
  const data = await page.evaluate(async () => {
    const tillside = window.tillside as Tillside;
    await tillside.recommend({ size: 1 }); // waits for the start, which on a busy machine takes longer than a call may
    return tillside.exportData();
  });
  return data as typeof data & { session: ReadableSession };
}

/** Units in the engine's cart, by item. */
export async function cartOf(page: Page): Promise<Record<string, number>> {
  const { cart } = await engineStatus(page);
  return Object.fromEntries(cart.map(({ itemId, quantity }) => [itemId, quantity]));
}

/** How often each type of event is in the log, for one item or all. */
export async function countOf(page: Page, type: string, itemId?: string): Promise<number> {
  const { events } = await exported(page);
  return events.filter((event) => event.type === type && (itemId === undefined || event.itemId === itemId)).length;
}

export async function featuresOf(page: Page, itemId: string): Promise<ReadableItem | undefined> {
  const { session } = await exported(page);
  return session.items.find((item) => item.itemId === itemId);
}

/** Starts the engine if consent has just been given, and returns its status once the bundle is in or given up. */
export async function engineStatus(page: Page): Promise<EngineStatus> {
  const { engine } = await page.evaluate(async () => {
    const tillside = window.tillside as Tillside;
    for (;;) {
      await tillside.recommend({ size: 1 });
      const status = await tillside.status();
      const { bundle, diagnostics = [] } = status.engine ?? {};
      const isGivenUp = diagnostics.some(({ code }) => /^(bundle|digest|model)-/.test(code));
      if (!bundle?.isFirstStage || isGivenUp) return status;
      await new Promise(requestAnimationFrame);
    }
  });
  if (!engine) throw new Error('The engine has not started: consent is not granted.');
  return engine;
}

export async function slateOn(page: Page, request: Partial<RecommendRequest> = {}): Promise<Slate> {
  await engineStatus(page);
  return page.evaluate((wanted) => (window.tillside as Tillside).recommend(wanted), request);
}

export function itemIdsOf(slate: Slate): string[] {
  return slate.items.map(({ item }) => item.itemId);
}

export async function track(page: Page, ...events: readonly Tracked[]): Promise<void> {
  await page.evaluate((all) => {
    for (const event of all) (window.tillside as Tillside).track(event);
  }, events);
}

/** Puts so many of an item into the cart, each an event. */
export async function addToCart(page: Page, itemId: string, times = 1): Promise<void> {
  await track(page, ...Array.from({ length: times }, () => ({ type: 'add_to_cart', itemId }) as const));
}

/** Every code that the shop was told of so far on this page. */
export async function codesTold(page: Page): Promise<string[]> {
  return page.evaluate(() => [...window.told.errors, ...window.told.diagnostics].map(({ code }) => code));
}
