import type { SlateItem } from '../../core/domain/slate.js';
import { createCardLink } from './card-link.js';
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
  /** Undoes what it does beside its element. */
  stop(): void;
}

/** What becomes of a card's quick add; also the card's class. */
type CardState = 'idle' | 'busy' | 'failed';

/**
 * Creates a card of no item yet, of the size that it keeps: a `div` that is never updated is the invisible space of a
 * card. All text goes in as text: nothing from a catalogue is ever parsed as markup.
 */
export function createCard(tag: 'li' | 'div', { host, instance, announce }: WidgetContext): Card {
  const link = createCardLink();
  const price = element('p', { part: 'price' });
  const reason = element('p', { part: 'reason' });
  const button = element('button', { part: 'add', type: 'button' });
  const card = element(tag, { part: 'card' }, link.element, price, reason, button);
  let shown: SlateItem;
  let title: string;
  let state: CardState = 'idle';
  let unobserve: (() => void) | undefined;

  const place = () => ({ itemId: shown.item.itemId, listId: host.placement, position: shown.position });
  const show = (next: CardState): void => {
    state = card.className = next;
    reason.replaceChildren(...(next === 'failed' ? [ENGLISH.addFailed] : toReasonSentence(shown.reason)));
    // aria-disabled, not disabled: a disabled button would drop the keyboard's focus
    for (const name of ['aria-busy', 'aria-disabled']) button.setAttribute(name, String(next === 'busy'));
  };
  const conclude = (next: CardState, said: Sentence): void => {
    show(next);
    announce(said);
  };
  link.element.onclick = () => instance.track({ type: 'select_item', ...place() });
  button.onclick = () => {
    if (state === 'busy') return;
    show('busy');
    instance.add(shown.item.itemId, { ...place(), target: button }).then(
      () => conclude('idle', toSentence(ENGLISH.added, title)),
      // The instance has reported why; the shopper needs to know that it did not work.
      () => conclude('failed', [ENGLISH.addFailed]),
    );
  };
  const update = (slateItem: SlateItem): void => {
    const { item } = slateItem;
    shown = slateItem;
    title = cutName(item.title?.trim() || item.itemId);
    card.dataset['itemId'] = item.itemId;
    link.update(item, title);
    price.textContent = formatPrice(item.price, item.currency, instance.locale);
    // The accessible name is the visible word and more: "Add" + " <title> to cart".
    button.replaceChildren(ENGLISH.add, element('span', { class: 'unseen' }, ...toSentence(ENGLISH.addSuffix, title)));
    show(state);
    unobserve ??= instance.observe(card, place());
  };
  return { element: card, update, stop: () => unobserve?.() };
}
