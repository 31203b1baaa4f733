// In: the page's document. Out: its interaction events, buffered towards the engine, or held. Page thread.
import type { CartLine } from '../../core/domain/cart.js';
import type { Trackable } from '../../core/domain/event.js';
import type { ItemFacts } from '../../core/domain/item.js';
import type { RecommendRequest } from '../../core/engine/contract.js';
import type { CreateCartSource } from '../adapters/adapter.js';
import type { CartMutation } from '../adapters/platform-source.js';
import type { AddedItem } from '../tillside.js';
import { toJson } from '../to-json.js';
import type { CaptureContext } from './capture-context.js';
import { type CartChange, createCartChanger } from './change-cart.js';
import { type EventBuffer, type EventBufferOptions, openEventBuffer } from './event-buffer.js';
import { type ItemPage, watchItemPage } from './item-page.js';
import { createKnownCart } from './known-cart.js';
import { openScope } from './open-scope.js';
import type { LoadJsonLd } from './page-item-finder.js';
import { type Impressions, watchImpressions } from './watch-impressions.js';

/** Facts and ids kept at most. */
const MAX_ITEMS = 500;

export interface CaptureOptions extends Omit<EventBufferOptions, 'onReceipt'> {
  readonly source: CreateCartSource;
  /** absent: JSON-LD is not read */
  readonly loadJsonLd?: LoadJsonLd;
  /** called when a slate made earlier may be old; a cart event is on its way to the engine by then */
  readonly onChange: () => void;
  /** called when the page says a price or a stock that is new, which slates should know of where nobody points at them */
  readonly onFacts: () => void;
}

export interface Capture
  extends Omit<ItemPage, 'about'>,
    Impressions,
    Pick<EventBuffer, 'open' | 'flush' | 'forget' | 'exportTail'> {
  /** Tracks a stranger's event; one that is wrong is refused by the engine, and reported. */
  track(event: unknown): void;
  /** Tells the whole cart, as the shop's script knows it. */
  setCart(lines: readonly CartLine[]): void;
  /** Takes over the engine's cart, from its status; receipts are taken over by themselves. */
  seedCart(lines: readonly CartLine[]): void;
  /** Adds or removes through the shop and counts it once. @throws {TillsideError} `cart-action-failed` */
  change(change: CartChange): Promise<AddedItem>;
  /** What the page spoke of so far, and what it is about where that matters to a placement. */
  seen(placement?: string): Required<Pick<RecommendRequest, 'pageItemIds' | 'facts'>> & Pick<RecommendRequest, 'aboutItemIds'>;
}

/** Starts capture on the document; only with consent, or held. */
export function startCapture(context: CaptureContext, options: CaptureOptions): Capture {
  const scope = openScope(context);
  const { onChange } = options;
  const seen = createSeen(options);
  let lastCart = '';
  const track = (event: unknown) => {
    try {
      // Plain data, which every engine can be sent and no shop changes afterwards; what it says is the engine's to judge.
      const plain = JSON.parse(toJson({ ...(event as object) })) as Trackable;
      const isUrgent = /cart$|^(purchase|dismiss)$/.test(plain.type);
      if (isUrgent) cart.apply(plain as CartMutation);
      buffer.track(plain, isUrgent);
      // Queued behind the buffer's own microtask: the events go first.
      if (isUrgent || plain.type === 'view_item') queueMicrotask(onChange);
    } catch (error) {
      context.onError('invalid-event', `The event cannot be read (${error}). Pass plain data.`);
    }
  };
  const buffer = openEventBuffer(context, {
    ...options,
    onReceipt(receipt, isLatest) {
      if (isLatest) cart.seed(receipt.cart);
      // Another tab's changes come with the receipt, and ours may have waited for their turn.
      const nextCart = JSON.stringify(receipt.cart);
      if (nextCart !== lastCart) onChange();
      lastCart = nextCart;
    },
  });
  const cart = createKnownCart(context, (items) => track({ type: 'view_cart', items }));
  const source = options.source(context);
  const itemPage = watchItemPage(context, { ...options, track, onProducts: seen.add });
  const { change, mutation } = createCartChanger({ source, cart, track, onSoldOut: seen.soldOut, now: context.now });
  const sink = { mutation, event: track, snapshot: cart.show, products: seen.add, page: itemPage.page };
  scope.guard(() => scope.onStop(source.start(sink)))();
  const impressions = watchImpressions(context, (impression) => track({ type: 'impression', ...impression }));
  for (const part of [itemPage, impressions, cart, buffer]) scope.onStop(part.stop);

  return {
    ...buffer,
    track,
    stop: scope.stop,
    page: itemPage.page,
    observe: impressions.observe,
    seen: (placement) => ({ ...seen.read(), ...(placement === 'product' && itemPage.about()) }),
    seedCart: cart.seed,
    setCart(items) {
      try {
        cart.show(items);
      } catch {
        track({ type: 'view_cart', items }); // no lines at all: the engine says what is wrong with them
      }
    },
    change,
  };
}

/** Creates the memory of what the page spoke of; it lets the oldest go, as a single-page app's shopper moves on. */
function createSeen({ onChange, onFacts }: Pick<CaptureOptions, 'onChange' | 'onFacts'>) {
  const facts = new Map<string, ItemFacts>();
  const itemIds = new Set<string>();
  /** what was told: two tellers that contradict each other for ever are news once each */
  const told = new Set<string>();
  return {
    /** It goes from under the pointer too, unlike what the page says anew: the shopper has just asked for it. */
    soldOut(item: ItemFacts) {
      facts.set(item.itemId, item);
      onChange();
    },
    add(foundFacts: readonly ItemFacts[], foundIds: readonly string[]) {
      const before = told.size;
      for (const item of foundFacts) {
        facts.set(item.itemId, item);
        told.add([item.itemId, item.price, item.availability].join());
      }
      if (told.size > before) onFacts();
      for (const itemId of foundIds) itemIds.add(itemId);
      for (const collection of [facts, itemIds, told])
        for (const key of collection.keys()) if (collection.size > MAX_ITEMS) collection.delete(key);
    },
    read: () => ({ pageItemIds: [...itemIds], facts: [...facts.values()] }),
  };
}
