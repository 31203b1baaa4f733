import type { CartLine } from '../domain/cart.js';
import type { ItemFacts } from '../domain/item.js';
import type { ErrorCode } from '../errors.js';
import type { ItemIndex } from '../features/item-index.js';
import type { FetchFile } from '../model/fetch-file.js';
import type { EngineConfig, EngineStatus, OffersQuestion, OffersState } from './contract.js';
import type { Store } from './store.js';

export interface OffersOptions {
  readonly config: Pick<EngineConfig, 'offers'>;
  readonly where: EngineStatus['where'];
  readonly index: ItemIndex;
  /** keeps what a worker has requested, for the receipt */
  readonly cache: Pick<Store, 'keepRequests'>;
  readonly fetchFile: FetchFile;
  /** epoch ms */
  now(): number;
  readonly report: (error: unknown, fallback: ErrorCode) => void;
}

/** A shop's offers, once they are opened: what they say lies over the catalogue, and the page's own facts over that. */
export interface Offers {
  /** Hears of a slate's session and request before it is made: they tell in which currency the page speaks. */
  see(
    view: { readonly state: { readonly cart: ReadonlyMap<string, CartLine> } },
    request: { readonly facts?: readonly ItemFacts[] | undefined },
  ): void;
  /** An item's facts with its offer over them. */
  over(known: ItemFacts, row: number): ItemFacts;
  /** @see `Engine.lookAtOffers` */
  look(question: OffersQuestion): Promise<OffersState>;
}

/** What `dist/offers.js` exports for an engine. */
export interface OffersModule {
  openOffers(options: OffersOptions): Offers;
}
