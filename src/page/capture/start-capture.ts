// In: one document. Out: its interaction events, buffered towards the engine. Page thread; started only with consent.
import type { CartLine } from '../../core/domain/cart.js';
import type { ItemFacts } from '../../core/domain/item.js';
import type { RecordReceipt } from '../../core/engine/contract.js';
import { TillsideError } from '../../core/errors.js';
import type { CartSink, CartSource } from '../adapters/adapter.js';
import { assertTrackable } from '../adapters/manual.js';
import type { CaptureContext } from './capture-context.js';
import { type EventBuffer, type EventBufferOptions, startEventBuffer } from './event-buffer.js';
import { guard } from './guard.js';
import { isTrackable, type Trackable } from './is-trackable.js';
import { type ItemPage, watchItemPage } from './item-page.js';
import { createKnownCart, type KnownCart } from './known-cart.js';
import { type Impressions, watchImpressions } from './watch-impressions.js';

/** Facts and ids kept at most. */
const MAX_ITEMS = 500;
/** Shared by every copy of this script on the page. */
const STARTED = Symbol.for('tillside.capture');
const CART_TYPES = /^(add_to_cart|remove_from_cart|update_cart)$/;
const URGENT_TYPES = /cart$|^purchase$/;

export interface CaptureOptions extends Pick<EventBufferOptions, 'record' | 'tabId'>, Pick<CaptureContext, 'onError'> {
  /** monotonic, ms */
  now(): number;
  /** epoch ms */
  wallClock(): number;
  /** made with the same context; the first with actions adds to the cart */
  readonly sources: (context: CaptureContext) => readonly CartSource[];
  readonly root?: Document;
  /** the engine's cart, if it is known already */
  readonly cart?: readonly CartLine[];
  /** called once a cart event is on its way to the engine: a slate asked for now reflects it */
  onCartEvent?(): void;
  onReceipt?(receipt: RecordReceipt): void;
}

export interface Capture extends Pick<ItemPage, 'page'>, Pick<Impressions, 'observe'> {
  readonly buffer: Pick<EventBuffer, 'flush' | 'forget' | 'exportTail' | 'dropped'>;
  /** Tracks a stranger's event. @throws {TillsideError} `invalid-event` */
  track(event: unknown): void;
  /** Takes over the engine's cart, from its status; receipts are taken over by themselves. */
  seedCart(lines: readonly CartLine[]): void;
  /** Adds through the shop and counts it once. @throws {TillsideError} `cart-action-failed` */
  add(itemId: string, quantity: number, from?: EventTarget): Promise<void>;
  facts(): readonly ItemFacts[];
  pageItemIds(): readonly string[];
  stop(): void;
}

/** Starts capture on a document; where it runs already, returns the running one. */
export function startCapture(options: CaptureOptions): Capture {
  const root = (options.root ?? document) as Document & { [STARTED]?: Capture };
  const running = root[STARTED];
  if (running) return running;
  const capture = compose(toContext(root, options), options);
  root[STARTED] = {
    ...capture,
    stop() {
      delete root[STARTED];
      capture.stop();
    },
  };
  return root[STARTED];
}

function toContext(root: Document, { now, wallClock, onError }: CaptureOptions): CaptureContext {
  return {
    document: root,
    window: root.defaultView ?? window,
    now,
    wallClock,
    onError: (code, message) => {
      try {
        onError(code, message);
      } catch {
        // the last stop before the host page: there is nobody left to tell
      }
    },
  };
}

function compose(context: CaptureContext, options: CaptureOptions): Capture {
  const { onError } = context;
  const sources = options.sources(context);
  const facts = new Map<string, ItemFacts>();
  const itemIds = new Set<string>();

  const buffer = startEventBuffer(context, {
    record: (events) => options.record(events),
    tabId: options.tabId,
    onReceipt: (receipt, isLatest) => {
      if (isLatest) cart.seed(receipt.cart);
      options.onReceipt?.(receipt);
    },
  });
  const track = (event: Trackable) => {
    if (!isTrackable(event, (message) => onError('invalid-event', message))) return;
    const isUrgent = URGENT_TYPES.test(event.type);
    buffer.track(event, isUrgent);
    // Queued behind the buffer's own microtask: the events go first.
    if (isUrgent && options.onCartEvent) queueMicrotask(guard(() => options.onCartEvent?.(), onError));
  };
  const cart = createKnownCart(context, (items) => track({ type: 'view_cart', items }));
  const sink = createSink({ cart, track, facts, itemIds });
  const itemPage = watchItemPage(context, {
    track,
    onProducts: (found, foundIds) => {
      sink.facts(found);
      sink.itemIds(foundIds);
    },
  });
  const impressions = watchImpressions(context, (impression) => track({ type: 'impression', ...impression }));
  const stops: (() => void)[] = [];
  const startSource = guard((source: CartSource) => void stops.push(source.start(sink)), onError);
  if (options.cart) cart.seed(options.cart);
  sources.forEach((source) => startSource(source));

  return {
    buffer,
    track(event) {
      assertTrackable(event);
      if (CART_TYPES.test(event.type)) cart.apply(event as Parameters<KnownCart['apply']>[0]);
      track(event);
    },
    seedCart: cart.seed,
    async add(itemId, quantity, from) {
      const actions = sources.find((source) => source.actions)?.actions;
      if (!actions)
        throw new TillsideError('cart-action-failed', 'No source of this page can add to the cart. Use the markup source.');
      const before = cart.quantityOf(itemId);
      await actions.add(itemId, quantity, from);
      const after = cart.quantityOf(itemId);
      // The shop's own button or its cart may have told already.
      const isTold = before !== undefined && after !== undefined && after >= before + quantity;
      if (!isTold) sink.mutation({ type: 'add_to_cart', itemId, quantity });
    },
    page: itemPage.page,
    observe: impressions.observe,
    facts: () => [...facts.values()],
    pageItemIds: () => [...itemIds],
    stop() {
      for (const stop of [...stops, itemPage.stop, impressions.stop, cart.stop, buffer.stop]) guard(stop, onError)();
    },
  };
}

interface SinkTargets {
  readonly cart: KnownCart;
  track(event: Trackable): void;
  readonly facts: Map<string, ItemFacts>;
  readonly itemIds: Set<string>;
}

function createSink({ cart, track, facts, itemIds }: SinkTargets): CartSink {
  return {
    mutation(mutation) {
      cart.apply(mutation);
      track(mutation);
    },
    snapshot: cart.show,
    facts(items) {
      for (const item of items) facts.set(item.itemId, item);
      trim(facts);
    },
    itemIds(found) {
      for (const itemId of found) itemIds.add(itemId);
      trim(itemIds);
    },
  };
}

/** Lets the oldest go: a single-page app's shopper moves on. */
function trim(collection: Map<string, unknown> | Set<string>): void {
  for (const key of collection.keys()) {
    if (collection.size <= MAX_ITEMS) return;
    collection.delete(key);
  }
}
