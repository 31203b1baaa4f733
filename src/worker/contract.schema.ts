// What a page says is checked again here: any script of the page can post to its worker, and the page script checks little.
import * as z from 'zod/mini';
import { EVENT_TYPES, type InteractionEvent } from '../core/domain/event.js';
import type { ItemFacts } from '../core/domain/item.js';
import type { EngineConfig, RecommendRequest } from '../core/engine/contract.js';
import { TillsideError } from '../core/errors.js';

/** Longest id, label or token that is taken; longer ones are someone's mistake. */
const MAX_TEXT = 512;
/** Longest URL that is taken. */
const MAX_URL = 2_048;
/** Longest list within one call. */
const MAX_LIST = 5_000;

const text = z.string().check(z.maxLength(MAX_TEXT));
const id = text.check(z.minLength(1));
const amount = z.number().check(z.minimum(0), z.maximum(1e9));
const days = z.number().check(z.minimum(0), z.maximum(36_500));
const url = z.string().check(z.minLength(1), z.maxLength(MAX_URL));
const ids = z.array(id).check(z.maxLength(MAX_LIST));

const cartLine = z.object({
  itemId: id,
  quantity: amount.check(z.minimum(1)),
  price: z.optional(amount),
  currency: z.optional(text),
});

const eventSchema = z.object({
  eventId: id,
  type: z.enum(EVENT_TYPES),
  itemId: z.optional(id),
  occurredAt: z.number().check(z.int()),
  quantity: z.optional(amount),
  price: z.optional(amount),
  currency: z.optional(text),
  dwellMs: z.optional(amount),
  scrollDepthRatio: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
  listId: z.optional(text),
  position: z.optional(z.number().check(z.int(), z.minimum(1))),
  items: z.optional(z.array(cartLine).check(z.maxLength(MAX_LIST))),
  tokens: z.optional(z.array(text).check(z.maxLength(64))),
  sessionId: z.optional(text),
});

const rules = z.object({
  exclude: z.optional(z.enum(['none', 'cart', 'shown'])),
  excludeItemIds: z.optional(ids),
  includeCategories: z.optional(ids),
  excludeCategories: z.optional(ids),
  maxPerCategory: z.optional(z.number().check(z.int(), z.minimum(1))),
  minPrice: z.optional(amount),
  maxPrice: z.optional(amount),
  pin: z.optional(ids),
  bury: z.optional(ids),
  freeShippingGap: z.optional(amount),
  diversity: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
});

const facts = z.object({
  itemId: id,
  title: z.optional(z.string()),
  price: z.optional(amount),
  currency: z.optional(text),
  url: z.optional(url),
  imageUrl: z.optional(url),
  category: z.optional(text),
  brand: z.optional(text),
  availability: z.optional(z.enum(['in_stock', 'out_of_stock', 'preorder', 'backorder'])),
  variantOf: z.optional(id),
  boost: z.optional(z.number().check(z.minimum(-1), z.maximum(1))),
});

const requestSchema = z.object({
  placement: z.optional(text),
  size: z.number().check(z.int(), z.minimum(1), z.maximum(50)),
  rules: z.optional(rules),
  // what the page's markup says is the shop's, entry by entry: one odd card does not cost the slate
  pageItemIds: z.optional(z.array(z.unknown()).check(z.maxLength(MAX_LIST))),
  facts: z.optional(z.array(z.unknown()).check(z.maxLength(MAX_LIST))),
});

const configSchema = z.object({
  contractVersion: z.number(),
  manifestUrl: url,
  tfjsUrl: z.optional(url),
  wasmBaseUrl: z.optional(url),
  runtime: z.enum(['auto', 'tfjs']),
  storage: z.enum(['indexeddb', 'memory']),
  retention: z.object({
    eventDays: days,
    maxEvents: z.number().check(z.int(), z.minimum(0)),
    stateDays: days,
    purchaseDays: days,
  }),
  rules,
  reasons: z.enum(['cart', 'session']),
  publicKeys: z.array(text),
  tabId: id,
});

/** Events that are ones, without fields nobody knows, and how many are not. @throws {TillsideError} `invalid-event` if it is no list */
export function parseEvents(value: unknown): { events: InteractionEvent[]; invalid: unknown[] } {
  if (!Array.isArray(value)) throw new TillsideError('invalid-event', `record() takes a list of events, not ${typeof value}.`);
  const events: InteractionEvent[] = [];
  const invalid: unknown[] = [];
  for (const candidate of value) {
    const parsed = eventSchema.safeParse(candidate);
    if (parsed.success) events.push(parsed.data as InteractionEvent);
    else invalid.push(candidate);
  }
  return { events, invalid };
}

/** A request for a slate. @throws {TillsideError} `invalid-request` */
export function parseRequest(value: unknown): RecommendRequest {
  const parsed = requestSchema.safeParse(value);
  if (!parsed.success) throw new TillsideError('invalid-request', `The request is not one: ${describe(parsed.error)}.`);
  const { pageItemIds, facts: candidates, ...request } = parsed.data;
  return {
    ...request,
    ...(pageItemIds && { pageItemIds: pageItemIds.filter((itemId) => id.safeParse(itemId).success) }),
    ...(candidates && {
      facts: candidates.flatMap((candidate) => (facts.safeParse(candidate).data as ItemFacts | undefined) ?? []),
    }),
  } as RecommendRequest;
}

/** An engine's settings. @throws {TillsideError} `invalid-options` */
export function parseConfig(value: unknown): EngineConfig {
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) throw new TillsideError('invalid-options', `The settings cannot be used: ${describe(parsed.error)}.`);
  return parsed.data as EngineConfig;
}

function describe({ issues }: z.core.$ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`).join('; ');
}
