import type { AddRequest } from '../adapters/markup.js';

/** Adds a suggestion to the shop's cart, or takes it out. What it returns, or what its promise does, is the shop's answer: throw to refuse. */
export type AddHandler = (item: { readonly itemId: string; readonly quantity: number }) => unknown;

/** The shop's handlers; with `onRemove`, an add can be undone. */
export interface CartHandlers {
  readonly onAdd?: AddHandler | undefined;
  readonly onRemove?: AddHandler | undefined;
}

const [ADD, REMOVE] = ['tillside:add', 'tillside:remove'] as const;

/**
 * Answers the `tillside:add` and `tillside:remove` events that come to a target by their handler, if there is one at that time; nobody else
 * hears of those.
 *
 * @returns the undo
 */
export function answerRequests(target: EventTarget, handlers: () => CartHandlers): () => void {
  const answer = (event: Event): void => {
    const { onAdd, onRemove } = handlers();
    const handle = event.type === ADD ? onAdd : onRemove;
    if (!handle) return;
    event.stopPropagation();
    const { itemId, quantity, respondWith } = (event as CustomEvent<AddRequest>).detail;
    respondWith((async () => handle({ itemId, quantity }))(), { canRemove: !!onRemove });
  };
  for (const type of [ADD, REMOVE]) target.addEventListener(type, answer);
  return () => {
    for (const type of [ADD, REMOVE]) target.removeEventListener(type, answer);
  };
}
