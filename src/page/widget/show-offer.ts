import type { OfferedFacts } from '../../core/domain/item.js';
import { element } from './element.js';
import { formatPrice } from './format-price.js';
import type { ToolStrings } from './strings.js';

/**
 * Creates the showing of an item's offer on one card: a label on the picture, and what it costs otherwise behind the price that the offer is about.
 * In a shop's own layout it shows in what has `data-bind="promotion"` and `data-bind="regular-price"`, if anywhere.
 */
export function createOfferParts(card: HTMLElement): (item: OfferedFacts, strings: ToolStrings, locale?: string) => void {
  const isOwn = card.matches('[part~=custom]');
  const price = card.querySelector<HTMLElement>('[part=price]');
  const label = bound(card, 'promotion') ?? element('p', { part: 'promotion', dir: 'auto' });
  const regular = bound(card, 'regular-price') ?? element('s', { part: 'regular-price' });
  return ({ price: shown, currency, offer }, strings, locale) => {
    label.textContent = offer?.promotion ?? '';
    // The page may know another price than the offer's.
    const isOffers = offer?.price === shown && offer?.currency === currency;
    const text = isOffers && offer?.regularPrice !== undefined ? formatPrice(offer.regularPrice, currency, locale) : '';
    regular.replaceChildren(...(text && [element('span', { class: 'unseen' }, strings['regular-price']), ' ', text]));
    if (isOwn || !price) return;
    if (text) price.append(' ', regular);
    if (label.textContent) price.after(label);
    else label.remove();
  };
}

function bound(card: HTMLElement, name: string): HTMLElement | null {
  return card.querySelector<HTMLElement>(`[data-bind~="${name}"]`);
}
