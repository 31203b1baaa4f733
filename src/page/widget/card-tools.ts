// In: the cards of a widget. Out: its words and layout; on each card "why this?" and "not interested"; over them what was added, and the undo. Page thread.
import type { SlateItem } from '../../core/domain/slate.js';
import { isSoldOut } from '../is-sold-out.js';
import { reportError } from '../report-error.js';
import { adoptStyles } from './adopt-styles.js';
import { createTemplateParts } from './card-template.js';
import { element } from './element.js';
import { languageOf, speakIn } from './language-of.js';
import { loadStrings } from './load-strings.js';
import { createOfferParts } from './show-offer.js';
import { cutName, toSentence } from './sentence.js';
import type { Strings, ToolStrings } from './strings.js';
import { createToast } from './toast.js';
import { TOOL_STYLES } from './tool-styles.js';
import { ENGLISH_TOOLS } from './tool-strings.js';
import { createWhyPanel, type WhyTargets } from './why-panel.js';
import { CARD_TEMPLATE, type CardTools, type WidgetContext } from './widget-context.js';

/** Creates the tools of one widget. @param again shows the cards anew */
export function createCardTools(context: WidgetContext, again: () => unknown): CardTools {
  const { host, list, root } = context;
  adoptStyles(root, TOOL_STYLES);
  speak(context, again);
  illustrate(context, again);
  const template = host.querySelector<HTMLTemplateElement>(CARD_TEMPLATE);
  if (template) context.toParts = createTemplateParts(template, root);
  const strings = (): ToolStrings => context.strings as Strings;
  const toast = createToast(context, strings);
  const opened = { close: () => {} };
  const updates = new WeakMap<Element, (slateItem: SlateItem) => void>();
  return {
    show(items) {
      const byId = new Map(items.map((slateItem) => [slateItem.item.itemId, slateItem]));
      for (const card of list.children as HTMLCollectionOf<HTMLElement>) {
        const slateItem = byId.get(card.dataset['itemId'] ?? '');
        const update = updates.get(card) ?? createTools(card, { context, strings, opened, say: toast.say });
        updates.set(card, update);
        if (slateItem) update(slateItem);
      }
      toast.focusReturned();
    },
    added: toast.added,
    failed(error, reason, title) {
      if (!isSoldOut((error as { cause?: unknown } | undefined)?.cause)) return;
      const gone = strings()['add-gone'];
      reason.replaceChildren(...toSentence(gone, title));
      toast.say(gone, title);
    },
  };
}

/** Has the widget speak the shopper's language. */
function speak(context: WidgetContext, again: () => unknown): void {
  const { section, instance } = context;
  const language = languageOf(instance.locale);
  context.table = ENGLISH_TOOLS;
  speakIn(section, language);
  loadStrings(language).then(
    (table) => {
      if (!table) return;
      context.table = table;
      again();
    },
    (error) => reportError(instance.onError, error, 'widget-failed'),
  );
}

/** Has the cards show pictures from elsewhere than the catalogue says, where the shop wants that. */
function illustrate(context: WidgetContext, again: () => unknown): void {
  const { instance } = context;
  if (!/^(page-known|sprite)$/.test(instance.images)) return;
  import('./card-pictures.js')
    .then(({ createPictures }) => createPictures(instance))
    .then(
      (showPicture) => {
        context.showPicture = showPicture;
        again();
      },
      (error) => reportError(instance.onError, error, 'widget-failed'),
    );
}

interface ToolTargets extends WhyTargets {
  say(template: string, title: string): void;
}

/** Puts the tools on one card; returns what shows an item's. */
function createTools(card: HTMLElement, targets: ToolTargets): (slateItem: SlateItem) => void {
  const { context, strings, say } = targets;
  const { host, instance, list } = context;
  const dismiss = element('button', { part: 'dismiss', type: 'button' });
  const why = createWhyPanel(targets);
  const showOffer = createOfferParts(card);
  // Behind the add button: the keyboard comes to what is used most first.
  card.append(why.button, why.panel, dismiss);
  return (slateItem) => {
    const { item, position } = slateItem;
    const { itemId } = item;
    const words = strings();
    const title = cutName(item.title?.trim() || itemId);
    why.update(slateItem, title);
    showOffer(item, words, instance.locale);
    dismiss.title = words.dismiss;
    dismiss.replaceChildren(
      element('span', { 'aria-hidden': 'true' }, '×'),
      element('span', { class: 'unseen' }, ...toSentence(words['dismiss-name'], title)),
    );
    dismiss.onclick = () => {
      // It leaves at once, and its space with the next slate; the keyboard goes on at its neighbour.
      const heir = (card.nextElementSibling ?? card.previousElementSibling) as HTMLElement | null;
      (heir ?? list).querySelector<HTMLElement>('[part=dismiss]')?.focus({ preventScroll: true });
      card.style.visibility = 'hidden';
      say(words.dismissed, title);
      instance.track({ type: 'dismiss', itemId, position, listId: host.placement });
    };
  };
}
