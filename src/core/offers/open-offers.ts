// In: offers.json, looked at when an engine is asked to. Out: its prices, stock and promotions over the catalogue's facts. Runs where the engine runs.
import type { ItemFacts, OfferedFacts } from '../domain/item.js';
import { type Diagnostic, codeOf, TillsideError, toDiagnostic } from '../errors.js';
import type { OffersConfig, OffersQuestion, OffersState } from '../engine/contract.js';
import type { Offers, OffersOptions } from '../engine/offers-module.js';
import { LISTED_MS, readRequestsMade } from '../engine/requests-made.js';
import { settleWithin } from '../engine/settle-within.js';
import { number, object, optional, text, tryRead } from '../shape.js';
import { toOfferedFacts } from './offered-facts.js';
import { MAX_OFFERS_BYTES } from './offers-file.js';
import { type ReadOffers, readOffers } from './read-offers.js';

/** Until a file says how often it is to be looked for. */
const DEFAULT_REFRESH_MS = 15 * 60_000;
/** A look answers within it, whatever the host does. */
const ANSWER_MS = 2_000;
/** While a file is on its way. */
const PENDING_LOOK_MS = 1_000;
const FETCH_TIMEOUT_MS = 20_000;

const questionShape = object<OffersQuestion>({ itemId: optional(text()), maxAgeMs: optional(number(0)) });

/** Opens a shop's offers, of which nothing is loaded before the first look. */
export function openOffers(options: OffersOptions): Offers {
  return new OpenOffers(options);
}

class OpenOffers implements Offers {
  readonly #options: OffersOptions;
  readonly #config: OffersConfig;
  readonly #facts = new Map<number, OfferedFacts>();
  #offers: ReadOffers | undefined;
  #bytes: Uint8Array = new Uint8Array();
  #triedAt = Number.NEGATIVE_INFINITY;
  #loading: Promise<void> | undefined;
  #problem: Diagnostic | undefined;
  #revision: number;
  #isExpired = false;
  #pageCurrency: string | undefined;
  #pageFacts: readonly ItemFacts[] = [];

  constructor(options: OffersOptions) {
    this.#options = options;
    this.#config = options.config.offers as OffersConfig;
    // Another engine's offers, before a restart, had other revisions.
    this.#revision = options.now();
  }

  see({ state }: Parameters<Offers['see']>[0], { facts = [] }: Parameters<Offers['see']>[1]): void {
    this.#pageFacts = facts;
    const shown = [...facts, ...state.cart.values()].findLast(({ currency }) => currency !== undefined)?.currency;
    if (shown === this.#pageCurrency) return;
    this.#pageCurrency = shown;
    this.#facts.clear();
  }

  over(known: ItemFacts, row: number): OfferedFacts {
    const offers = this.#offers;
    if (!offers) return known;
    this.#expire(offers);
    let facts = this.#facts.get(row);
    if (!facts) {
      const market = this.#marketOf(offers);
      const currency = market === undefined ? market : offers.currencies.get(market);
      facts = toOfferedFacts(known, offers.entryOf(row), { market, currency, isExpired: this.#isExpired });
      this.#facts.set(row, facts);
    }
    return facts;
  }

  async look(question: OffersQuestion): Promise<OffersState> {
    // Any script of the page can post to its worker.
    const { itemId, maxAgeMs = Number.POSITIVE_INFINITY } = tryRead(questionShape, question) ?? {};
    const { now } = this.#options;
    const refreshMs = this.#offers?.refreshMs ?? DEFAULT_REFRESH_MS;
    if (now() - this.#triedAt >= Math.min(maxAgeMs, refreshMs)) {
      this.#triedAt = now();
      this.#loading ??= this.#load().finally(() => {
        this.#loading = undefined;
      });
    }
    if (this.#loading) await settleWithin(this.#loading, ANSWER_MS, () => new Error('late')).catch(() => {}); // the next look has it
    const offers = this.#offers;
    if (offers) this.#expire(offers);
    const left = this.#triedAt + refreshMs - now();
    const untilExpiry = offers && !this.#isExpired ? offers.validUntil - now() + 1 : Number.POSITIVE_INFINITY;
    const availability = itemId === undefined ? undefined : this.#availabilityOf(itemId);
    return {
      revision: offers ? this.#revision : 0,
      nextLookMs: this.#loading ? PENDING_LOOK_MS : Math.max(PENDING_LOOK_MS, Math.min(left, untilExpiry)),
      ...(availability && { availability }),
      ...(this.#problem && { problem: this.#problem }),
    };
  }

  async #load(): Promise<void> {
    const { fetchFile, index, report } = this.#options;
    const { url, market } = this.#config;
    const limits = { maxBytes: MAX_OFFERS_BYTES, timeoutMs: FETCH_TIMEOUT_MS, revalidate: true };
    try {
      const bytes = await fetchFile(url, limits).catch((cause) => {
        throw toOffersError(url, cause);
      });
      if (!isEqual(bytes, this.#bytes)) this.#take(readOffers(bytes, index), bytes);
      this.#problem = this.#marketProblem(market);
    } catch (error) {
      this.#problem = toDiagnostic(error, 'offers-invalid');
    }
    if (this.#problem) report(this.#problem, 'offers-invalid');
    this.#keepRequests();
    setTimeout(() => this.#keepRequests(), LISTED_MS);
  }

  #take(offers: ReadOffers, bytes: Uint8Array): void {
    this.#offers = offers;
    this.#bytes = bytes;
    this.#isExpired = false;
    this.#revise();
  }

  #expire({ validUntil }: ReadOffers): void {
    if (this.#isExpired || this.#options.now() <= validUntil) return;
    this.#isExpired = true;
    this.#revise();
  }

  #revise(): void {
    this.#facts.clear();
    this.#revision++;
  }

  /** The shop's word, else the page's currency, else the file's. */
  #marketOf({ currencies, defaultMarket }: ReadOffers): string | undefined {
    const { market } = this.#config;
    if (market !== undefined) return currencies.has(market) ? market : undefined;
    const shown = this.#pageCurrency;
    if (shown === undefined || currencies.get(defaultMarket) === shown) return defaultMarket;
    return [...currencies].find(([, currency]) => currency === shown)?.[0] ?? defaultMarket;
  }

  #marketProblem(market: string | undefined): Diagnostic | undefined {
    const { currencies } = this.#offers ?? {};
    if (market === undefined || !currencies || currencies.has(market)) return undefined;
    const message = `offers.json has no market "${market}", but ${[...currencies.keys()].slice(0, 8).join(', ')}. Correct data-market.`;
    return { code: 'offers-invalid', message };
  }

  /** The page's own word beats the offers'. */
  #availabilityOf(itemId: string): ItemFacts['availability'] {
    const { rowOf } = this.#options.index;
    const row = rowOf(itemId);
    const onPage = this.#pageFacts.findLast((fact) => row > 0 && fact.availability && rowOf(fact.itemId) === row);
    return onPage?.availability ?? this.#offers?.entryOf(row)?.availability;
  }

  /** A page's requests are on the page's own list. */
  #keepRequests(): void {
    const { where, cache } = this.#options;
    const { url, moduleUrl } = this.#config;
    if (where !== 'worker') return;
    const ours = readRequestsMade().filter((request) => request.url === url || request.url === moduleUrl);
    if (ours.length) void cache.keepRequests(ours);
  }
}

function toOffersError(url: string, cause: unknown): TillsideError {
  if (codeOf(cause) === 'bundle-too-large')
    return new TillsideError(
      'offers-invalid',
      `${url} has more than ${MAX_OFFERS_BYTES} bytes. Leave out items that are not sold.`,
      cause,
    );
  return new TillsideError(
    'offers-unreachable',
    `The offers were not loaded: ${toDiagnostic(cause, 'offers-unreachable').message}`,
    cause,
  );
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
