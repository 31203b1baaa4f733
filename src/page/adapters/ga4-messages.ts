// In: one entry of a data layer, in any of its wire forms. Out: what it says of items, in GA4's words. It reads the keys named here only.
import type { ItemFacts } from '../../core/domain/item.js';
import { isObject } from '../check-value.js';
import { toCurrency, toPrice } from './money.js';
import { factsUnder, idsOf, type Node, nodesOf, textOf } from './stated-values.js';

/** Entries of one message that are read. */
const MAX_ITEMS = 500;

const EVENTS = [
  'view_item',
  'view_item_list',
  'select_item',
  'add_to_cart',
  'remove_from_cart',
  'view_cart',
  'begin_checkout',
  'add_to_wishlist',
  'purchase',
] as const;
export type Ga4Event = (typeof EVENTS)[number];

/** Enhanced ecommerce's keys (Universal Analytics) and what they are called since. */
const LEGACY: Readonly<Record<string, Ga4Event>> = {
  impressions: 'view_item_list',
  click: 'select_item',
  detail: 'view_item',
  add: 'add_to_cart',
  remove: 'remove_from_cart',
  checkout: 'begin_checkout',
  purchase: 'purchase',
};

export interface Ga4Item {
  readonly itemId: string;
  readonly aliases: readonly string[];
  /** whole units; absent: not said */
  readonly quantity?: number;
  readonly price?: number;
  readonly currency?: string;
  readonly listId?: string;
  readonly facts: readonly ItemFacts[];
}

export interface Ga4Message {
  readonly event: Ga4Event;
  /** how it was said; a page may say one thing in several forms */
  readonly form: 'ecommerce' | 'gtag' | 'legacy';
  readonly items: readonly Ga4Item[];
  /** it has a list of items, and that is empty */
  readonly isEmpty: boolean;
  readonly listId?: string;
  readonly transactionId?: string;
}

type Form = Ga4Message['form'];

/** Creates the reading of one layer's entries; what an entry without an event says of a cart holds for the event after it. */
export function createMessageReader(): (entry: Node) => Ga4Message[] {
  let carried: unknown;
  return (entry) => {
    if (isOwn(entry) || isOwn(entry[2]) || isOwn(entry.ecommerce)) return [];
    if (entry[0] === 'event') return messagesOf('gtag', entry[1], entry[2]);
    const { event, ecommerce } = entry;
    const stated = ecommerce ?? (Array.isArray(entry.items) ? entry : undefined);
    if (ecommerce === null || (event === undefined && stated)) carried = stated;
    const messages = messagesOf('ecommerce', event, stated ?? carried);
    if (messages.length) carried = undefined;
    return messages.length ? messages : legacyMessagesOf(stated);
  };
}

/** Whether it is what tillside itself told the shop's analytics: `page/analytics/ga4-handlers.ts`. */
function isOwn(said: unknown): boolean {
  return isObject(said) && said['tillside'] === true;
}

function messagesOf(form: Form, event: unknown, payload: unknown): Ga4Message[] {
  const isKnown = EVENTS.includes(event as Ga4Event) && isObject(payload) && Array.isArray(payload.items);
  return isKnown ? [toMessage(event as Ga4Event, { form, payload, list: payload.items, about: payload })] : [];
}

function legacyMessagesOf(ecommerce: unknown): Ga4Message[] {
  if (!isObject(ecommerce)) return [];
  return Object.entries(LEGACY).flatMap(([key, event]) => {
    const said = ecommerce[key];
    const about = nodesOf(isObject(said) ? said.actionField : undefined)[0] ?? {};
    const list = isObject(said) ? said.products : said;
    // Enhanced ecommerce tells every step of the checkout by the same name.
    if (!Array.isArray(list) || (key === 'checkout' && Number(textOf(about.step ?? 1)) > 1)) return [];
    return [toMessage(event, { form: 'legacy', payload: ecommerce, list, about })];
  });
}

interface Said {
  readonly form: Form;
  readonly payload: Node;
  readonly list: unknown;
  /** where the list's and the order's ids stand */
  readonly about: Node;
}

function toMessage(event: Ga4Event, { form, payload, list, about }: Said): Ga4Message {
  const nodes = nodesOf((list as unknown[]).slice(0, MAX_ITEMS));
  const currency = toCurrency(payload.currency ?? payload.currencyCode);
  const items = nodes.flatMap((node) => toItem(node, currency) ?? []);
  const [listId = items[0]?.listId] = idsOf([about.item_list_id, about.item_list_name, about.list]);
  const [transactionId] = idsOf([about.transaction_id, about.id]);
  return {
    event,
    form,
    items,
    isEmpty: !nodes.length,
    ...(listId && { listId }),
    ...(event === 'purchase' && transactionId && { transactionId }),
  };
}

function toItem(node: Node, payloadCurrency?: string): Ga4Item | undefined {
  const itemIds = itemIdsOf(node);
  const [itemId, ...aliases] = itemIds;
  if (!itemId) return undefined;
  const price = toPrice(node.price);
  const currency = toCurrency(node.currency) ?? payloadCurrency;
  const units = Number(textOf(node.quantity));
  const [listId] = idsOf([node.item_list_id, node.item_list_name, node.list]);
  const facts = {
    title: textOf(node.item_name ?? node.name),
    brand: textOf(node.item_brand ?? node.brand),
    category: categoryOf(node),
  };
  return {
    itemId,
    aliases,
    facts: factsUnder(itemIds, { ...facts, price, currency }),
    // Half a metre of ribbon is one line too.
    ...(units >= 0 && units <= 1e6 && { quantity: units && Math.max(1, Math.round(units)) }),
    ...(price !== undefined && { price }),
    ...(currency && { currency }),
    ...(listId && { listId }),
  };
}

/** Every id of an item; its variant is one where it is no word such as "red". */
function itemIdsOf(node: Node): string[] {
  const [itemId] = idsOf([node.item_id, node.id]);
  if (!itemId) return [];
  const [variant = ''] = idsOf([node.item_variant ?? node.variant]);
  const isId = /^\d{6,}$/.test(variant) || (variant.length > itemId.length && variant.startsWith(itemId));
  // Google's channels write a Shopify product as shopify_GB_<product>_<variant>.
  const [, product, shopifyVariant] = /^shopify_[A-Z]{2}_(\d+)_(\d+)$/i.exec(itemId) ?? [];
  return idsOf([itemId, isId && variant, shopifyVariant, product, node.id, node.sku]);
}

function categoryOf(node: Node): string | undefined {
  const { item_category, item_category2, item_category3, item_category4, item_category5 } = node;
  const levels = [item_category, item_category2, item_category3, item_category4, item_category5].flatMap(
    (level) => textOf(level) ?? [],
  );
  // Enhanced ecommerce writes the levels of one string with a slash.
  return levels.length ? levels.join(' > ').slice(0, 300) : textOf(node.category)?.replace(/\s*\/\s*/g, ' > ');
}
