import type { ReasonCode } from '../../core/domain/slate.js';

/** Words of a card. `{name}` marks where a title or category goes. One table a language. */
export interface Strings {
  readonly heading: string;
  /** the visible word of the add button, and the rest of its accessible name */
  readonly add: string;
  readonly addSuffix: string;
  readonly added: string;
  readonly addFailed: string;
  /** per reason: with the name it speaks of, and without where the two differ */
  readonly reasons: Readonly<Record<ReasonCode, readonly [named: string, unnamed?: string]>>;
}

/** English. */
export const ENGLISH: Strings = {
  heading: 'You may also like',
  add: 'Add',
  addSuffix: ' {name} to cart',
  added: 'Added {name} to your cart.',
  addFailed: 'Could not be added. Please try again.',
  reasons: {
    'often-bought-with': ['Often bought with {name}', 'Often bought with your cart'],
    'goes-with-viewed': ['Goes with {name}', 'Goes with what you viewed'],
    'you-looked-at-this': ['You looked at this'],
    'you-spent-time-on-this': ['You spent some time on this'],
    'bought-before': ['You bought this before'],
    'because-you-bought': ['Because you bought {name}', 'Because of what you bought'],
    'popular-in-category': ['Popular in {name}', 'Popular in its category'],
    popular: ['Popular in this shop'],
    'picked-by-shop': ['Picked by the shop'],
  },
};
