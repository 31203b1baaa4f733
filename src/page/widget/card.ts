import type { SlateItem } from '../../core/domain/slate.js';
import { documentUrl } from '../document-url.js';
import { toSafeUrl } from '../safe-url.js';
import { imageOf } from './card-image.js';
import { element } from './element.js';
import { formatPrice } from './format-price.js';
import { cutName, type Sentence, toReasonSentence, toSentence } from './sentence.js';
import { ENGLISH } from './strings.js';
import type { WidgetContext } from './widget-context.js';

/** One suggestion. It lives as long as its item stays on the slate. */
export interface Card {
  readonly element: HTMLElement;
  /** Shows the item as the newest slate has it; a failed add stays readable. */
  update(slateItem: SlateItem): void;
  /** No longer watches whether it is seen. */
  stop(): void;
}

/**
 * Creates a card of no item yet, of the size that it keeps: a `div` that is never updated is the invisible space of a
 * card. All text goes in as text: nothing from a catalogue is ever parsed as markup.
 */
export function createCard(tag: 'li' | 'div', { host, instance, status }: WidgetContext): Card {
  const letter = element('span', { 'aria-hidden': 'true' });
  // No alternative text: the title beside it says what it is. The width is for where the styles are missing, px.
  const image = element('img', { alt: '', width: '320', loading: 'lazy' });
  const name = element('p', { part: 'title', dir: 'auto' });
  const link = element('a', { part: 'link' }, element('div', { part: 'picture' }, letter), name);
  const price = element('p', { part: 'price' });
  const reason = element('p', { part: 'reason' });
  const button = element('button', { part: 'add', type: 'button' });
  const card = element(tag, { part: 'card' }, link, price, reason, button);
  // The letter remains where the picture does not load; an empty address is an error too.
  image.onerror = () => image.remove();
  let unobserve: (() => void) | undefined;

  return {
    element: card,
    update({ item, position, reason: why }) {
      const { itemId, url, imageUrl, price: amount, currency } = item;
      const title = cutName(item.title?.trim() || itemId);
      const place = { itemId, position, listId: host.placement };
      const src = imageOf(imageUrl, instance.images);
      const show = (state: string, said?: Sentence): void => {
        card.className = state;
        reason.replaceChildren(...(state === 'failed' ? [ENGLISH.addFailed] : toReasonSentence(why)));
        // aria-disabled, not disabled: a disabled button would drop the keyboard's focus
        for (const attribute of ['aria-busy', 'aria-disabled']) button.setAttribute(attribute, String(state === 'busy'));
        if (said) status.replaceChildren(...said);
      };

      card.dataset['itemId'] = itemId;
      setHref(link, toSafeUrl(url, documentUrl()));
      link.onclick = () => instance.track({ type: 'select_item', ...place });
      if (image.src !== src) letter.after(Object.assign(image, { src }));
      letter.textContent = [...title][0] ?? '';
      name.textContent = title;
      price.textContent = formatPrice(amount, currency, instance.locale);
      // The accessible name is the visible word and more: "Add" + " <title> to cart".
      button.replaceChildren(ENGLISH.add, element('span', { class: 'unseen' }, ...toSentence(ENGLISH.addSuffix, title)));
      button.onclick = () => {
        if (card.className === 'busy') return;
        show('busy');
        instance.add(itemId, { ...place, target: button }).then(
          () => show('idle', toSentence(ENGLISH.added, title)),
          // The instance has reported why; the shopper needs to know that it did not work.
          () => show('failed', [ENGLISH.addFailed]),
        );
      };
      show(card.className);
      unobserve ??= instance.observe(card, place);
    },
    stop: () => unobserve?.(),
  };
}

function setHref(link: HTMLAnchorElement, href: string | undefined): void {
  if (href) link.href = href;
  else link.removeAttribute('href');
}
