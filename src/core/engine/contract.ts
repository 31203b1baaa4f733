// The whole protocol between a page and its engine. Plain structured-cloneable data only; the same in a worker, on the page and in Node.
import type { CartLine } from '../domain/cart.js';
import type { InteractionEvent, StoredEvent } from '../domain/event.js';
import type { Availability, ItemFacts } from '../domain/item.js';
import type { OwnPurchase } from '../domain/session.js';
import type { Rules, Slate, Strategy } from '../domain/slate.js';
import type { Diagnostic } from '../errors.js';
import type { RuntimeChoice } from '../model/runtime-choice.js';

/** Raised with every incompatible change; a page and a worker of different versions refuse each other. */
export const CONTRACT_VERSION = 1;

/** BroadcastChannel on which workers announce to workers and pages of the same origin. */
export const CHANNEL_NAME = 'tillside';

export type ChannelMessage =
  | { readonly kind: 'appended'; readonly seq: number; readonly from: string }
  | { readonly kind: 'forgotten'; readonly from: string }
  /** from page to pages: the shopper withdrew consent, on every tab of the shop */
  | { readonly kind: 'withdrawn'; readonly from: string };

export interface Retention {
  /** raw events, default 7 */
  readonly eventDays: number;
  /** raw events, default 2,000 rows */
  readonly maxEvents: number;
  /** snapshot of the session, default 30 */
  readonly stateDays: number;
  /** own purchases, default 396 (13 months); 0 keeps none */
  readonly purchaseDays: number;
}

/** Where a shop's offers are, and what reads them. */
export interface OffersConfig {
  /** absolute URL of offers.json */
  readonly url: string;
  /** absolute URL of offers.js */
  readonly moduleUrl: string;
  /** a market of the file; absent: that of the currency which the page shows, else the file's default */
  readonly market?: string | undefined;
}

export interface EngineConfig {
  readonly contractVersion: number;
  /** absolute URL of the bundle's manifest.json */
  readonly manifestUrl: string;
  /** absolute URL of runtime.js, tillside's own; absent where no model runtime may load (the engine on the page) */
  readonly runtimeUrl?: string;
  /** absolute URL of tfjs.js; absent likewise */
  readonly tfjsUrl?: string;
  /** absolute URL of the folder that holds the tfjs .wasm files; absent: the cpu backend */
  readonly wasmBaseUrl?: string;
  readonly runtime: RuntimeChoice;
  readonly storage: 'indexeddb' | 'memory';
  readonly retention: Retention;
  /** rules that hold for every request, before a request's own */
  readonly rules: Rules;
  /** whether reasons may speak of more than the cart */
  readonly reasons: 'cart' | 'session';
  /** categories of which nothing is kept or suggested */
  readonly sensitive?: readonly string[] | undefined;
  /** who uses the device: an opaque id, '' for nobody; absent: not said, so that nothing changes */
  readonly account?: string | undefined;
  /** absent where the shop has none */
  readonly offers?: OffersConfig | undefined;
  /** base64 raw Ed25519 public keys; when there is one, an unsigned bundle never runs */
  readonly publicKeys: readonly string[];
  /** this tab, a UUID */
  readonly tabId: string;
}

export interface EngineStatus {
  readonly contractVersion: number;
  readonly version: string;
  readonly where: 'worker' | 'page' | 'node';
  readonly store: 'indexeddb' | 'memory';
  /** the best tier this engine can reach now */
  readonly strategy: Strategy;
  readonly runtime?: string | undefined;
  readonly bundle?:
    | {
        readonly id: string;
        readonly version: number;
        readonly items: number;
        readonly source: 'network' | 'cache';
        /** while there is no more of it than a first slate takes */
        readonly isFirstStage?: boolean;
      }
    | undefined;
  readonly cart: readonly CartLine[];
  readonly seq: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** What became of the events, and what the engine has survived until now: a page hears of a lost database by its next event. */
export interface RecordReceipt extends Pick<EngineStatus, 'seq' | 'cart' | 'diagnostics'> {
  /** ids that are durable (or, in memory, kept): the page may forget them */
  readonly eventIds: readonly string[];
  /** what is wrong with each event that was not kept: the field, its value, the remedy */
  readonly refusals?: readonly string[];
}

export interface RecommendRequest {
  readonly placement?: string;
  /** items wanted, 1–50 */
  readonly size: number;
  readonly rules?: Rules;
  /** what the placement is about (the item of a product page): never on the slate, and what goes with it leads */
  readonly aboutItemIds?: readonly string[];
  /** item ids seen in the page's markup, for the id check */
  readonly pageItemIds?: readonly string[];
  /** facts seen on the page; they beat the catalogue's */
  readonly facts?: readonly ItemFacts[];
}

export interface OffersQuestion {
  /** an item whose availability is wanted */
  readonly itemId?: string;
  /** offers older than this are asked for anew; default: what the file says */
  readonly maxAgeMs?: number;
}

export interface OffersState {
  /** changes whenever slates made before may show something else than they would now; 0 until offers have come */
  readonly revision: number;
  /** when it is worth asking again, ms from now */
  readonly nextLookMs: number;
  /** of the item that was asked for, by the page or by the offers; absent where neither says */
  readonly availability?: Availability;
  /** what is wrong with the file: the last that could be read is in use, if there was one */
  readonly problem?: Diagnostic;
}

/** Everything kept on this device, in words a person can read. */
export interface ExportedData {
  readonly exportedAt: string;
  readonly events: readonly StoredEvent[];
  readonly purchases: readonly OwnPurchase[];
  readonly session: unknown;
  /** item id → title, as far as the bundle knows */
  readonly titles?: Readonly<Record<string, string | undefined>>;
  readonly meta: Readonly<Record<string, unknown>>;
}

/** The engine. Every call settles; a rejection carries a `code`. */
export interface Engine {
  /** Settles when slates can be made: of the bundle's first stage, where it has one and the place wants that, or of the whole. */
  start(config: EngineConfig): Promise<EngineStatus>;
  /** Settles when as much of the bundle is in as will be, after `start`: slates may be better from then on. */
  complete(): Promise<EngineStatus>;
  /** Resolves when the events are durable, and those that are none refused; a slate asked for meanwhile already reflects them. */
  record(events: readonly InteractionEvent[]): Promise<RecordReceipt>;
  recommend(request: RecommendRequest): Promise<Slate>;
  /** Names items as the bundle does: one id for each group of ids of one item, null where it knows none of them. */
  resolve(groups: readonly (readonly string[])[]): Promise<readonly (string | null)[]>;
  /** Looks at the shop's offers, which are loaded at the first look, and again when they are too old; answers within 2 s, nothing where there are none. */
  lookAtOffers(question: OffersQuestion): Promise<OffersState | undefined>;
  /** Erases everything on the device, in every tab. */
  forget(): Promise<void>;
  exportData(): Promise<ExportedData>;
  status(): Promise<EngineStatus>;
  stop(): Promise<void>;
}
