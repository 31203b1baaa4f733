// In: one document. Out: its interaction events, buffered towards the engine. Page thread; started only with consent.
import type { CartLine } from '../../core/domain/cart.js';
import type { ItemFacts } from '../../core/domain/item.js';
import type { RecordReceipt } from '../../core/engine/contract.js';
import { TillsideError } from '../../core/errors.js';
import type { CartMutation, CartSink, CartSource } from '../adapters/adapter.js';
import { assertTrackable } from '../adapters/manual.js';
import type { CaptureContext } from './capture-context.js';
import { type EventBuffer, type EventBufferOptions, startEventBuffer } from './event-buffer.js';
import { isTrackable, type Trackable } from './is-trackable.js';
import { type ItemPage, watchItemPage } from './item-page.js';
import { createKnownCart, type KnownCart } from './known-cart.js';
import { openScope } from './open-scope.js';
import { type Impressions, watchImpressions } from './watch-impressions.js';

/** Facts and ids kept at most. */
const MAX_ITEMS = 500;
/** Shared by every copy of this script on the page. */
const STARTED = Symbol.for('tillside.capture');
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
  const scope = openScope(context);
  const sources = options.sources(context);
  const facts = new Map<string, ItemFacts>();
  const itemIds = new Set<string>();

  const { track, buffer } = createTracker(context, options, (receipt) => cart.seed(receipt.cart));
  const cart = createKnownCart(context, (items) => track({ type: 'view_cart', items }));
  const sink = createSink({ cart, track, facts, itemIds });
  if (options.cart) cart.seed(options.cart);
  for (const source of sources) scope.guard(() => scope.onStop(source.start(sink)))();
  const itemPage = watchItemPage(context, {
    track,
    onProducts(found, foundIds) {
      sink.facts(found);
      sink.itemIds(foundIds);
    },
  });
  const impressions = watchImpressions(context, (impression) => track({ type: 'impression', ...impression }));
  for (const { stop } of [itemPage, impressions, cart, buffer]) scope.onStop(stop);

  return {
    buffer,
    track(event) {
      assertTrackable(event);
      if (isMutation(event)) sink.mutation(event);
      else track(event);
    },
    seedCart: cart.seed,
    add: (itemId, quantity, from) => addOnce({ sources, cart, sink }, { itemId, quantity }, from),
    page: scope.guard(itemPage.page),
    observe: impressions.observe,
    facts: () => [...facts.values()],
    pageItemIds: () => [...itemIds],
    stop: scope.stop,
  };
}

function createTracker(context: CaptureContext, options: CaptureOptions, onLatest: (receipt: RecordReceipt) => void) {
  const scope = openScope(context);
  const buffer = startEventBuffer(context, {
    record: options.record,
    tabId: options.tabId,
    onReceipt(receipt, isLatest) {
      if (isLatest) onLatest(receipt);
      options.onReceipt?.(receipt);
    },
  });
  const announce = scope.guard(() => options.onCartEvent?.());
  const track = (event: Trackable) => {
    if (!isTrackable(event, (message) => context.onError('invalid-event', message))) return;
    const isUrgent = URGENT_TYPES.test(event.type);
    buffer.track(event, isUrgent);
    // Queued behind the buffer's own microtask: the events go first.
    if (isUrgent) queueMicrotask(announce);
  };
  return { track, buffer };
}

/** Adds through the shop; its own button, script or cart may have told of it by then. */
async function addOnce(
  { sources, cart, sink }: { readonly sources: readonly CartSource[]; readonly cart: KnownCart; readonly sink: CartSink },
  { itemId, quantity }: { readonly itemId: string; readonly quantity: number },
  from?: EventTarget,
): Promise<void> {
  const actions = sources.find((source) => source.actions)?.actions;
  if (!actions) throw new TillsideError('cart-action-failed', 'No source of this page adds to the cart. Use the markup source.');
  const expected = (cart.quantityOf(itemId) ?? Number.NaN) + quantity;
  await actions.add(itemId, quantity, from);
  const isTold = (cart.quantityOf(itemId) ?? Number.NaN) >= expected;
  if (!isTold) sink.mutation({ type: 'add_to_cart', itemId, quantity });
}

function isMutation(event: Trackable): event is Trackable & CartMutation {
  return /^(add_to|remove_from|update)_cart$/.test(event.type);
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
