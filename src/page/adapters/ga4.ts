// In: what a page tells Google's data layer. Out: mutations, carts, product facts, the page's item and events. Page thread; it adds nothing.
import type { CartLine } from '../../core/domain/cart.js';
import type { CaptureContext } from '../capture/capture-context.js';
import { createMessageReader, type Ga4Event, type Ga4Item, type Ga4Message } from './ga4-messages.js';
import { createHeardCart, type HeardCart } from './heard-cart.js';
import type { Aliased, CreatePlatformSource, PlatformSink } from './platform-source.js';
import { watchLayers } from './watch-layers.js';

/** A page that tells of one thing in two forms, or to two layers, does so at once. */
const SAME_MS = 1_000;

/**
 * Reads the data layers of Google Tag Manager and gtag.js: GA4's `ecommerce` events, gtag's arguments and Universal Analytics' enhanced
 * ecommerce. What a layer holds at the start counts as if it were pushed then.
 */
export const createGa4Source: CreatePlatformSource = (context) => ({
  start(sink) {
    const readers = new Map<string, ReturnType<typeof createMessageReader>>();
    const isNews = createFormFilter(context.now);
    const { tell, tellView } = createTeller(context, sink);
    return watchLayers(context, {
      names: () => layerNames(context.window.document),
      onEntry(entry, name, isOld) {
        const read = readers.get(name) ?? createMessageReader();
        readers.set(name, read);
        for (const message of read(entry)) if (isNews(message, name)) tell(message, isOld);
        if (!isOld) tellView();
      },
      onRead: tellView,
    });
  },
});

/** Finds the layers: the default one, and those that the snippets of Google's tags name (`gtm.js?id=…&l=…`). */
function layerNames(document: Document): string[] {
  const scripts = [...document.querySelectorAll<HTMLScriptElement>('script[src*="l="]')];
  const named = scripts.flatMap(({ src }) => /\/(?:gtm\.js|gtag\/js)\?(?:.*&)?l=([\w$]{1,64})(?:&|$)/.exec(src)?.[1] ?? []);
  return [...new Set(['dataLayer', ...named])];
}

/** Creates the check whether a message says something new: as often as one form says it, it happened. */
function createFormFilter(now: () => number): (message: Ga4Message, layerName: string) => boolean {
  const recent = new Map<string, { told: number; lastMs: number; readonly byForm: Map<string, number> }>();
  return ({ event, form, items, listId }, layerName) => {
    for (const [key, { lastMs }] of recent) if (now() - lastMs > SAME_MS) recent.delete(key);
    const key = JSON.stringify([event, listId, items.map(({ itemId, quantity = 1 }) => [itemId, quantity])]);
    const said = recent.get(key) ?? { told: 0, lastMs: 0, byForm: new Map<string, number>() };
    const count = (said.byForm.get(layerName + form) ?? 0) + 1;
    said.byForm.set(layerName + form, count);
    said.lastMs = now();
    recent.set(key, said);
    if (count <= said.told) return false;
    said.told = count;
    return true;
  };
}

type Tell = (message: Ga4Message, isOld: boolean) => void;

/** Creates what tells the sink of messages; of several views that were pushed before the start, the last is this page's. */
function createTeller({ window }: CaptureContext, sink: PlatformSink) {
  const cart = createHeardCart();
  const orders = new Set<string>();
  let viewed: Ga4Item | undefined;
  const tellOf: Readonly<Record<Ga4Event, Tell>> = {
    ...createCartTellers(cart, sink),
    view_item({ items: [first, ...others] }) {
      if (others.every(({ itemId }) => itemId === first?.itemId)) viewed = first;
    },
    purchase({ items, transactionId = '' }, isOld) {
      // The page of an order tells of it each time it is loaded.
      const isTold = orders.has(transactionId) || ((isOld || window.document.readyState !== 'complete') && isReloaded(window));
      if (transactionId) orders.add(transactionId);
      if (isTold) return;
      cart.show([]);
      sink.event({ type: 'purchase', ...(items.length > 0 && { items: items.map(toLine) }) });
    },
    add_to_wishlist({ items }) {
      for (const { itemId, aliases } of items) sink.event({ type: 'add_to_wishlist', itemId, aliases });
    },
    select_item({ items: [item], listId }) {
      if (item) sink.event({ type: 'select_item', itemId: item.itemId, aliases: item.aliases, ...(listId && { listId }) });
    },
    view_item_list: ({ listId }) => sink.event({ type: 'view_item_list', ...(listId && { listId }) }),
    begin_checkout: () => sink.event({ type: 'begin_checkout' }),
  };
  return {
    tell(message: Ga4Message, isOld: boolean): void {
      const facts = message.items.flatMap((item) => item.facts);
      const itemIds = message.items.map(({ itemId }) => itemId);
      if (facts.length) sink.products(facts, itemIds);
      tellOf[message.event](message, isOld);
    },
    tellView(): void {
      if (viewed) sink.page({ itemId: viewed.itemId, aliases: viewed.aliases });
      viewed = undefined;
    },
  };
}

function createCartTellers(cart: HeardCart, sink: PlatformSink) {
  return {
    add_to_cart({ items }: Ga4Message) {
      for (const item of items) {
        if (item.quantity === 0) continue;
        cart.add(item);
        sink.mutation({ type: 'add_to_cart', quantity: 1, ...amountsOf(item) });
      }
    },
    remove_from_cart({ items }: Ga4Message) {
      for (const { item, quantity } of items.length ? cart.remove(items) : []) {
        const { itemId, aliases } = item;
        sink.mutation({ type: 'remove_from_cart', itemId, aliases, ...(quantity && { quantity }) });
      }
    },
    view_cart({ items, isEmpty }: Ga4Message) {
      // Items that cannot be read are no empty cart.
      if (!items.length && !isEmpty) return;
      const held = items.filter(({ quantity }) => quantity !== 0);
      cart.show(held);
      sink.snapshot(held.map(toLine));
    },
  };
}

function isReloaded({ performance }: Window): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return /^(reload|back_forward)$/.test(navigation?.type ?? '');
}

function amountsOf({ itemId, aliases, quantity, price }: Ga4Item) {
  return { itemId, aliases, ...(quantity && { quantity }), ...(price !== undefined && { price }) };
}

function toLine(item: Ga4Item): CartLine & Aliased {
  return { quantity: 1, ...amountsOf(item), ...(item.currency && { currency: item.currency }) };
}
