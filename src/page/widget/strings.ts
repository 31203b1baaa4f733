import type { ReasonCode, Signal } from '../../core/domain/slate.js';

/** Reasons that name something; without a name they are said by the key with `-any`. */
type NamingReason = 'often-bought-with' | 'goes-with-viewed' | 'because-you-bought' | 'popular-in-category';

/** Reasons that speak of what the shopper did: a shop has to ask for them. */
type SessionReason =
  | 'goes-with-viewed'
  | 'you-looked-at-this'
  | 'you-spent-time-on-this'
  | 'bought-before'
  | 'because-you-bought';

/** Words of the cards. `{name}` marks where a title or category goes. */
export type CardStrings = Readonly<
  Record<
    | 'heading'
    /** the visible word of the add button, and the rest of its accessible name */
    | 'add'
    | 'add-suffix'
    | 'added'
    | 'add-failed'
    | Exclude<ReasonCode, SessionReason>
    | `${Exclude<NamingReason, SessionReason>}-any`,
    string
  >
>;

/** Words that come after the first card: reasons that a shop has to ask for, other placements' headings, what is sold out, offers, the undo, "why this?" and "not interested". */
export type ToolStrings = Readonly<
  Record<
    | 'heading-drawer'
    | 'heading-order'
    | 'heading-product'
    | 'add-gone'
    | 'regular-price'
    | 'undo'
    | 'removed'
    | 'remove-failed'
    | 'why'
    | 'why-name'
    | 'dismiss'
    | 'dismiss-name'
    | 'dismissed'
    | 'on-device'
    | SessionReason
    | `${NamingReason & SessionReason}-any`
    | `signal-${Signal}`,
    string
  >
>;

/** One table a language. */
export type Strings = CardStrings & ToolStrings;

/** English; its other words come with what uses them. */
export const ENGLISH: CardStrings = {
  heading: 'You may also like',
  add: 'Add',
  'add-suffix': ' {name} to cart',
  added: 'Added {name} to your cart.',
  'add-failed': 'Could not be added. Please try again.',
  'often-bought-with': 'Often bought with {name}',
  'often-bought-with-any': 'Often bought with your cart',
  'goes-with': 'Goes with {name}',
  'popular-in-category': 'Popular in {name}',
  'popular-in-category-any': 'Popular in its category',
  popular: 'Popular in this shop',
  'picked-by-shop': 'Picked by the shop',
};
