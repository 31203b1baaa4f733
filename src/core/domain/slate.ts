import type { OfferedFacts } from './item.js';

/** Which tier made a slate. A fall from one to the next is always visible here. */
export type Strategy = 'model' | 'neighbours' | 'popularity' | 'none';

/** A named part of a score; the parts of candidate features that belong together. */
export type Signal =
  | 'session' // the LSTM's score
  | 'cart' // co-purchase with what is in the cart
  | 'viewed' // co-occurrence with what was looked at
  | 'history' // own purchases
  | 'dwell' // time spent on this item and its category
  | 'scroll' // how far its page was read
  | 'interest' // views, adds and removes of this item and its category
  | 'price' // fit with the cart's prices
  | 'popularity'
  | 'context'; // hour, session length, cart size

/** How much a signal moved an item's score: the score minus the score without that signal. */
export interface SignalContribution {
  readonly signal: Signal;
  readonly contribution: number;
}

export type ReasonCode =
  | 'often-bought-with' // names a cart item
  | 'goes-with' // names a cart item that it suits; too few visitors bought both to say more
  | 'goes-with-viewed' // names a viewed item
  | 'you-looked-at-this'
  | 'you-spent-time-on-this' // ten seconds or more
  | 'bought-before'
  | 'because-you-bought' // names an owned item
  | 'popular-in-category'
  | 'popular'
  | 'picked-by-shop';

/** Why an item is on the slate, true of the score that put it there. */
export interface Reason {
  readonly code: ReasonCode;
  /** the other item the reason names */
  readonly itemId?: string;
  /** the other item's title */
  readonly title?: string | undefined;
  readonly category?: string;
}

/**
 * What an item is to what it is suggested with: `similar` is a variant of it or named nearly the same, `upgrade` such a one that costs
 * 1.1 to 2.5 times as much, `complement` anything else.
 */
export type Relation = 'complement' | 'similar' | 'upgrade';

export interface SlateItem {
  readonly item: OfferedFacts;
  /** 1-based */
  readonly position: number;
  readonly score: number;
  readonly reason: Reason;
  /** to what the slate is about: the item of the page, else what is in the cart, else what was seen last */
  readonly relation: Relation;
  /** largest first; empty outside the `model` tier */
  readonly contributions: readonly SignalContribution[];
}

/** The group of a holdout test that a shopper was drawn into: who is in `holdout` is shown no suggestions. */
export type Arm = 'treatment' | 'holdout';

/** An ordered list of suggestions and where it came from. */
export interface Slate {
  readonly slateId: string;
  readonly strategy: Strategy;
  readonly items: readonly SlateItem[];
  /** the last event that was folded in, 0 when there is none */
  readonly seq: number;
  readonly bundleId?: string;
  /** time spent in the engine, ms */
  readonly latencyMs: number;
  /** the shopper's, while a holdout test runs; in `holdout` the slate is empty, by the strategy `none` */
  readonly arm?: Arm;
}

/** What may be on a slate. Every rule holds for every tier. */
export interface Rules {
  /** what is left out: nothing, what is in the cart and its variants (default), or every item of the session */
  readonly exclude?: 'none' | 'cart' | 'shown';
  /**
   * variants and near-duplicates of what is in the cart: never (default where `exclude` is `cart`, but on a product page), not among the
   * first four, or like any other item; a pin stands above this
   */
  readonly nearDuplicates?: 'exclude' | 'after' | 'keep';
  readonly excludeItemIds?: readonly string[];
  readonly includeCategories?: readonly string[];
  readonly excludeCategories?: readonly string[];
  readonly maxPerCategory?: number;
  readonly minPrice?: number;
  readonly maxPrice?: number;
  /** first on the slate, in this order */
  readonly pin?: readonly string[];
  /** last, and only if nothing else is left */
  readonly bury?: readonly string[];
  /** items that close this gap are preferred among near-equals, major units */
  readonly freeShippingGap?: number;
  /** 0 = relevance only (default) … 1 = diversity only. @see Carbonell & Goldstein 1998 (MMR) */
  readonly diversity?: number;
}
