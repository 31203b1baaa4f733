// What a page says is checked again here: any script of the page can post to its worker, and the page script checks little.
import * as z from 'zod/mini';
import { EVENT_TYPES } from '../core/domain/event.js';

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

const cartLine = z.object({ itemId: id, quantity: amount.check(z.minimum(1)), price: z.optional(amount), currency: z.optional(text) });

export const eventSchema = z.object({
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

export const requestSchema = z.object({
  placement: z.optional(text),
  size: z.number().check(z.int(), z.minimum(1), z.maximum(50)),
  rules: z.optional(rules),
  pageItemIds: z.optional(ids),
  facts: z.optional(z.array(facts).check(z.maxLength(MAX_LIST))),
});

export const configSchema = z.object({
  contractVersion: z.number(),
  manifestUrl: url,
  tfjsUrl: z.optional(url),
  wasmBaseUrl: z.optional(url),
  runtime: z.enum(['auto', 'tfjs']),
  storage: z.enum(['indexeddb', 'memory']),
  retention: z.object({ eventDays: days, maxEvents: z.number().check(z.int(), z.minimum(0)), stateDays: days, purchaseDays: days }),
  rules,
  reasons: z.enum(['cart', 'session']),
  publicKeys: z.array(text),
  tabId: id,
});
