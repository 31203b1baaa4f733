import type { CartLine } from '../core/domain/cart.js';
import type { Slate } from '../core/domain/slate.js';
import type { EngineStatus, ExportedData, RecommendRequest } from '../core/engine/contract.js';
import type { Diagnostic } from '../core/errors.js';
import type { OnError } from './capture/capture-context.js';
import type { Trackable } from '../core/domain/event.js';
import type { Impression } from './capture/watch-impressions.js';
import type { Images } from './options.js';
import type { Receipt } from './receipt.js';
import type { ConsentAnswer, ConsentState } from './consent/consent-state.js';
import type { Strings } from './widget/strings.js';

/** An item that a quick add put into the cart. */
export interface AddedItem {
  readonly itemId: string;
  readonly quantity: number;
  /** the placement it was suggested in */
  readonly listId?: string;
  /** whether the shop can take it back: `remove` */
  readonly canRemove: boolean;
}

export interface AddOptions {
  /** default 1 */
  readonly quantity?: number;
  readonly listId?: string;
  /** 1-based place on the list */
  readonly position?: number;
  /** where the `tillside:add` event starts; default: the document */
  readonly target?: EventTarget;
}

/** What `on` can listen to, and what it hands over. */
export interface TillsideEvents {
  /** the engine runs */
  readonly ready: EngineStatus;
  /** the cart or the history changed, here or in another tab: a slate asked for earlier is old */
  readonly change: undefined;
  /** the whole bundle is in, after a first slate made from a part of it, or the page says a new price or stock: a slate asked for earlier may be bettered */
  readonly refine: undefined;
  /** a slate was made */
  readonly slate: Slate;
  /** a quick add succeeded */
  readonly add: AddedItem;
  readonly consent: ConsentState;
  readonly error: Diagnostic;
  readonly diagnostic: Diagnostic;
}

export interface TillsideStatus {
  readonly version: string;
  readonly consent: ConsentState;
  /** absent until consent is granted */
  readonly engine?: EngineStatus;
}

/** tillside on one page. Nothing it does throws into the page, except `createTillside` on bad options. */
export interface Tillside {
  readonly version: string;
  readonly consentState: ConsentState;
  /** Takes the shopper's answer. `denied` erases what is on the device and stops; `granted` starts. */
  consent(answer: ConsentAnswer): void;
  /** Records what the page saw; dropped before consent. @throws {TillsideError} `invalid-event` by `error`, never to the caller */
  track(event: Trackable): void;
  /** Says what is in the cart now; what changed since is recorded. Dropped before consent. */
  cart(lines: readonly CartLine[]): void;
  /** Says which item the page is about, where markup and JSON-LD do not; without an item it is about none. */
  page(page: { readonly itemId?: string }): void;
  /** @throws {TillsideError} `consent-required`, `invalid-request`, or what the engine says */
  recommend(request?: Partial<RecommendRequest>): Promise<Slate>;
  /**
   * Adds a suggestion to the shop's cart, by a cancelable `tillside:add` event whose `detail.respondWith(promise)` answers it.
   *
   * @throws {TillsideError} `cart-action-failed` if the shop refused, failed or did not answer
   */
  add(itemId: string, options?: AddOptions): Promise<AddedItem>;
  /**
   * Takes an item out of the shop's cart, by a cancelable `tillside:remove` event that is answered like `tillside:add`, or through the platform.
   *
   * @throws {TillsideError} `cart-action-failed` if the shop refused, failed or did not answer
   */
  remove(itemId: string, options?: Pick<AddOptions, 'quantity' | 'target'>): Promise<void>;
  /** Listens; returns the undo. */
  on<K extends keyof TillsideEvents>(type: K, listener: (value: TillsideEvents[K]) => void): () => void;
  /**
   * Says who uses the device from now on: an opaque id or hash, or null after a log-out. Everything kept is erased first when it is another's,
   * or the account was left; what was done before a log-in goes over to the account.
   */
  account(id: string | null): void;
  /** Erases everything on this device, in every tab. Consent stays as it is. */
  erase(): Promise<void>;
  /** The same as `erase`. */
  forget(): Promise<void>;
  /** Returns everything kept on this device. @throws {TillsideError} `consent-required` */
  exportData(): Promise<ExportedData>;
  /**
   * Lists every request that tillside made, with or without consent: those of this page, and of earlier ones what the device has kept. Loads
   * `receipt.js`; without it, it rejects with the browser's own error.
   */
  receipt(): Promise<Receipt>;
  status(): Promise<TillsideStatus>;
  /** Undoes everything tillside did to the page; the data stays on the device. */
  stop(): Promise<void>;
}

/** What tillside's own widgets need beside the public methods. */
export interface TillsideInstance extends Tillside {
  readonly locale: string | undefined;
  /** the shop's own words for the widget */
  readonly strings: Partial<Strings> | undefined;
  readonly images: Images;
  readonly spriteUrl: string | undefined;
  /** Reports a problem to the shop, once a code; never throws. */
  readonly onError: OnError;
  /** Reports what a widget could not do, once; never throws. */
  onFailure(error: unknown): void;
  /** Makes a URL of the catalogue absolute, or nothing of what is not safe to follow. */
  toUrl(url: unknown): string | undefined;
  /** Watches a card until it was seen; returns the undo. */
  observe(element: Element, impression: Impression): () => void;
}
