import type { SlateItem } from '../../core/domain/slate.js';
import { element } from './element.js';
import { formatPrice } from './format-price.js';
import { cutName, type Sentence, toReasonSentence, toSentence } from './sentence.js';
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
 * Creates a card of no item yet, of the size that it keeps: a `div` that is never updated is the space of a card. All
 * text goes in as text: nothing from a catalogue is ever parsed as markup.
 */
export function createCard(tag: 'li' | 'div', context: WidgetContext): Card {
  const { host, instance, status } = context;
  const parts = context.toParts(tag);
  const { card, link, name, price, reason, button, letter } = parts;
  let unobserve: (() => void) | undefined;

  return {
    element: card,
    update({ item, position, reason: why, relation }) {
      const { strings, showPicture } = context;
      const { itemId, url, price: amount, currency } = item;
      const title = cutName(item.title?.trim() || itemId);
      const place = { itemId, position, listId: host.placement };
      const show = (state: string, said?: Sentence): void => {
        card.className = state;
        reason.replaceChildren(...(state === 'failed' ? [strings['add-failed']] : toReasonSentence(why, strings)));
        // aria-disabled, not disabled: a disabled button would drop the keyboard's focus
        for (const attribute of ['aria-busy', 'aria-disabled']) button.setAttribute(attribute, String(state === 'busy'));
        if (said) status.replaceChildren(...said);
      };

      card.dataset['itemId'] = itemId;
      card.dataset['relation'] = relation;
      setHref(link, instance.toUrl(url));
      link.onclick = () => instance.track({ type: 'select_item', ...place });
      letter.textContent = [...title][0] ?? '';
      showPicture?.(parts, item);
      name.textContent = title;
      price.textContent = formatPrice(amount, currency, instance.locale);
      // The accessible name is the visible word and more: "Add" + " <title> to cart".
      button.replaceChildren(strings.add, element('span', { class: 'unseen' }, ...toSentence(strings['add-suffix'], title)));
      button.onclick = () => {
        if (card.className === 'busy') return;
        show('busy');
        instance.add(itemId, { ...place, target: button }).then(
          (added) => {
            show('idle', toSentence(strings.added, title));
            context.tools?.added(added, title);
          },
          // The instance has reported why; the shopper needs to know that it did not work.
          (error) => {
            show('failed', [strings['add-failed']]);
            context.tools?.failed(error, reason, title);
          },
        );
      };
      show(card.className);
      unobserve ??= instance.observe(card, place);
    },
    stop: () => unobserve?.(),
  };
}

function setHref(link: HTMLElement, href: string | undefined): void {
  if (href) link.setAttribute('href', href);
  else link.removeAttribute('href');
}
