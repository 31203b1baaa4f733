import type { AddedItem } from '../tillside.js';
import { element } from './element.js';
import { toSentence } from './sentence.js';
import type { ToolStrings } from './strings.js';
import type { WidgetContext } from './widget-context.js';

/** How long a line stands, unless the shopper is at it. */
const SHOWN_MS = 6_000;

/** The widget's live region as a line that is seen: it says what was done, and offers to undo an add. */
export interface Toast {
  say(template: string, title: string): void;
  added(added: AddedItem, title: string): void;
  /** Gives the keyboard's focus to an item that came back by an undo. */
  focusReturned(): void;
}

/** Creates the line of one widget, of which nothing is seen yet. */
export function createToast(context: WidgetContext, strings: () => ToolStrings): Toast {
  const { list, status } = context;
  const stand = createLine(context);
  let returning: string | undefined;
  const say = (template: string, title: string): void => {
    const hadFocus = status.contains(context.root.activeElement);
    status.replaceChildren(...toSentence(template, title));
    stand();
    if (hadFocus) focusIn(list);
  };
  return {
    say,
    added({ itemId, quantity, canRemove }, title) {
      if (!canRemove) return stand();
      const undo = element('button', { part: 'undo', type: 'button' }, strings().undo);
      undo.onclick = async () => {
        undo.onclick = null;
        try {
          await context.instance.remove(itemId, { quantity, target: context.host });
          if (status.contains(context.root.activeElement)) returning = itemId;
          say(strings().removed, title);
        } catch {
          // The instance has reported why.
          say(strings()['remove-failed'], title);
        }
      };
      stand(' ', undo);
    },
    focusReturned() {
      const card = [...list.children].find((each) => (each as HTMLElement).dataset['itemId'] === returning);
      if (!card || !returning) return;
      returning = undefined;
      focusIn(card);
    },
  };
}

/** Creates the showing of what is in the live region, with these behind it, until the time is up or Escape is pressed. */
function createLine({ host, root, list, status }: WidgetContext): (...behind: readonly (Node | string)[]) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hide = (): void => {
    clearTimeout(timer);
    const hadFocus = status.contains(root.activeElement);
    status.className = 'unseen';
    status.replaceChildren();
    if (hadFocus) focusIn(list);
  };
  /** A shopper who is at the line, or may come to it by keyboard, is not hurried. */
  const expire = (): void => {
    const isNear = status.matches(':hover') || root.querySelector(':focus-visible');
    if (isNear && host.isConnected) timer = setTimeout(expire, SHOWN_MS);
    else hide();
  };
  status.onkeydown = (event) => {
    if (event.key !== 'Escape') return;
    // The shop's drawer stays open.
    event.stopPropagation();
    hide();
  };
  return (...behind) => {
    status.replaceChildren(element('span', {}, ...status.childNodes), ...behind);
    status.className = 'shown';
    clearTimeout(timer);
    timer = setTimeout(expire, SHOWN_MS);
  };
}

function focusIn(place: ParentNode): void {
  place.querySelector<HTMLElement>('button')?.focus({ preventScroll: true });
}
