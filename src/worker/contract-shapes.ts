// What a page says is checked again here: any script of the page can post to its worker, and the page script checks little.
import type { ItemFacts } from '../core/domain/item.js';
import type { Rules } from '../core/domain/slate.js';
import type { EngineConfig, OffersConfig, RecommendRequest, Retention } from '../core/engine/contract.js';
import { TillsideError } from '../core/errors.js';
import { anything, integer, list, number, object, oneOf, optional, readShape, text, tryRead } from '../core/shape.js';

/** Longest list within one call. */
const MAX_LIST = 5_000;

/** A label or token; longer ones are someone's mistake. */
const label = text(/^.{0,512}$/s);
const id = text(/^.{1,512}$/s);
const url = text(/^.{1,2048}$/s);
const optionalUrl = optional(url);
/** A price or a count. */
const optionalAmount = optional(number(0, 1e9));
const optionalLabel = optional(label);
const optionalIds = optional(list(id, MAX_LIST));
const days = number(0, 36_500);

const rulesShape = object<Rules>({
  exclude: optional(oneOf('none', 'cart', 'shown')),
  nearDuplicates: optional(oneOf('exclude', 'after', 'keep')),
  excludeItemIds: optionalIds,
  includeCategories: optionalIds,
  excludeCategories: optionalIds,
  maxPerCategory: optional(integer(1)),
  minPrice: optionalAmount,
  maxPrice: optionalAmount,
  pin: optionalIds,
  bury: optionalIds,
  freeShippingGap: optionalAmount,
  diversity: optional(number(0, 1)),
});

const factsShape = object<ItemFacts>({
  itemId: id,
  title: optional(text()),
  price: optionalAmount,
  currency: optionalLabel,
  url: optionalUrl,
  imageUrl: optionalUrl,
  category: optionalLabel,
  brand: optionalLabel,
  availability: optional(oneOf('in_stock', 'out_of_stock', 'preorder', 'backorder')),
  variantOf: optional(id),
  boost: optional(number(-1, 1)),
});

// What the page's markup says is the shop's, entry by entry: one odd card does not cost the slate.
const candidates = optional(list(anything, MAX_LIST));

const requestShape = object<Omit<RecommendRequest, 'pageItemIds' | 'facts'> & { pageItemIds?: unknown[]; facts?: unknown[] }>({
  placement: optionalLabel,
  size: integer(1, 50),
  rules: optional(rulesShape),
  aboutItemIds: optionalIds,
  pageItemIds: candidates,
  facts: candidates,
});

const groupsShape = list(list(id, 20), MAX_LIST);

const configShape = object<EngineConfig>({
  contractVersion: number(),
  manifestUrl: url,
  runtimeUrl: optionalUrl,
  tfjsUrl: optionalUrl,
  wasmBaseUrl: optionalUrl,
  runtime: oneOf('auto', 'simd', 'js', 'tfjs'),
  storage: oneOf('indexeddb', 'memory'),
  retention: object<Retention>({ eventDays: days, maxEvents: integer(0), stateDays: days, purchaseDays: days }),
  rules: rulesShape,
  reasons: oneOf('cart', 'session'),
  sensitive: optionalIds,
  account: optional(text()),
  offers: optional(object<OffersConfig>({ url, moduleUrl: url, market: optionalLabel })),
  publicKeys: list(label),
  tabId: id,
});

/** A request for a slate. @throws {TillsideError} `invalid-request` */
export function parseRequest(value: unknown): RecommendRequest {
  const { pageItemIds, facts, ...request } = readShape(
    requestShape,
    value,
    (what) => new TillsideError('invalid-request', `The request is not one: ${what}.`),
  );
  return {
    ...request,
    pageItemIds: pageItemIds?.flatMap((each) => tryRead(id, each) ?? []),
    facts: facts?.flatMap((each) => tryRead(factsShape, each) ?? []),
  } as RecommendRequest;
}

/** Groups of ids. @throws {TillsideError} `invalid-request` */
export function parseIdGroups(value: unknown): string[][] {
  return readShape(groupsShape, value, (what) => new TillsideError('invalid-request', `These are no groups of ids: ${what}.`));
}

/** An engine's settings. @throws {TillsideError} `invalid-options` */
export function parseConfig(value: unknown): EngineConfig {
  return readShape(configShape, value, (what) => new TillsideError('invalid-options', `The settings cannot be used: ${what}.`));
}
