import type { AddRequest } from '../adapters/markup.js';

/** Adds a suggestion to the shop's cart. What it returns, or what its promise does, is the shop's answer: throw to refuse. */
export type AddHandler = (added: { readonly itemId: string; readonly quantity: number }) => unknown;

/**
 * Answers the `tillside:add` events that come to a target by a handler, if there is one at that time; nobody else hears of those.
 *
 * @returns the undo
 */
export function answerAdds(target: EventTarget, handler: () => AddHandler | undefined): () => void {
  const onAdd = (event: Event): void => {
    const add = handler();
    if (!add) return;
    event.stopPropagation();
    const { itemId, quantity, respondWith } = (event as CustomEvent<AddRequest>).detail;
    respondWith((async () => add({ itemId, quantity }))());
  };
  target.addEventListener('tillside:add', onAdd);
  return () => target.removeEventListener('tillside:add', onAdd);
}
