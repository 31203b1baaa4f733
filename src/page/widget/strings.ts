import type { Reason, ReasonCode } from '../../core/domain/slate.js';

/** Words of a card. `{name}` marks where a title or category goes. One table a language. */
export interface Strings {
  readonly heading: string;
  /** the visible word of the add button, and the rest of its accessible name */
  readonly add: string;
  readonly addSuffix: string;
  readonly added: string;
  readonly addFailed: string;
  /** per reason: with the name it speaks of, and without */
  readonly reasons: Readonly<Record<ReasonCode, readonly [named: string, unnamed: string]>>;
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
    'you-looked-at-this': ['You looked at this', 'You looked at this'],
    'bought-before': ['You bought this before', 'You bought this before'],
    'because-you-bought': ['Because you bought {name}', 'Because of what you bought'],
    'popular-in-category': ['Popular in {name}', 'Popular in its category'],
    popular: ['Popular in this shop', 'Popular in this shop'],
    'picked-by-shop': ['Picked by the shop', 'Picked by the shop'],
  },
};

/** A sentence in two halves around the name in it; `name` is empty when the sentence names nothing. */
export interface Sentence {
  readonly before: string;
  readonly name: string;
  readonly after: string;
}

/** Splits a template at its `{name}`, so that the name can stand in an element of its own direction. */
export function toSentence(template: string, name: string): Sentence {
  const at = template.indexOf('{name}');
  return at < 0
    ? { before: template, name: '', after: '' }
    : { before: template.slice(0, at), name, after: template.slice(at + 6) };
}

/** Puts a reason in words. A code from a newer engine says nothing. */
export function toReasonSentence(strings: Strings, reason: Reason): Sentence {
  const templates = Object.hasOwn(strings.reasons, reason.code) ? strings.reasons[reason.code] : undefined;
  if (!templates) return { before: '', name: '', after: '' };
  const name = reason.code === 'popular-in-category' ? leafOf(reason.category) : reason.title;
  return name ? toSentence(templates[0], name) : toSentence(templates[1], '');
}

function leafOf(category: string | undefined): string | undefined {
  return category?.split(' > ').pop()?.trim();
}
