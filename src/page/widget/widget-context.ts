import type { ItemFacts } from '../../core/domain/item.js';
import type { SlateItem } from '../../core/domain/slate.js';
import type { AddedItem, TillsideInstance } from '../tillside.js';
import type { CardParts } from './card-parts.js';
import type { CardStrings, Strings, ToolStrings } from './strings.js';

/** Where a shop puts its own layout of a card. */
export const CARD_TEMPLATE = 'template[slot=card]';

/** What a widget's element says of itself. */
export interface SuggestionsHost extends HTMLElement {
  readonly placement: string;
  readonly size: number;
  readonly heading: string;
  readonly minScore: number;
  /** the shop's own words, over the language's */
  readonly strings: Partial<Strings>;
}

/** What a card need not wait for: other languages, a shop's own layout, the undo, "why this?" and "not interested". */
export interface CardTools {
  /** Puts them on the cards of these items. */
  show(items: readonly SlateItem[]): void;
  /** Says what was added, and offers to take it back where the shop can. */
  added(added: AddedItem, title: string): void;
  /** Says of a failed add that the item is gone, on its card and over the cards, if that is why: the next slate is without it. */
  failed(error: unknown, reason: HTMLElement, title: string): void;
}

/** Shows the picture of an item on its card, if it has one that may be loaded. */
export type ShowPicture = (parts: CardParts, item: ItemFacts) => void;

/** What the parts of one running widget share. */
export interface WidgetContext {
  readonly host: SuggestionsHost;
  readonly instance: TillsideInstance;
  readonly root: ShadowRoot;
  readonly section: HTMLElement;
  readonly list: HTMLElement;
  /** the live region: what is put into it is said to screen readers, politely */
  readonly status: HTMLElement;
  /** what has come of the shopper's language, and of what the tools say; absent: the English of the cards */
  table?: ToolStrings & Partial<CardStrings>;
  /** the words as they are shown: the shop's own over the language's; all of them where there are tools */
  strings: CardStrings & Partial<ToolStrings>;
  /** makes the elements of a card */
  toParts: (tag: 'li' | 'div') => CardParts;
  /** absent: a letter is shown; with `page-known` and `sprite` until their file has come */
  showPicture?: ShowPicture;
  tools?: CardTools;
  loading?: Promise<void>;
  /** there are tools, or there will be none */
  hasLoaded?: boolean;
}
