// In: the page's tillside and a placement. Out: its newest slate, as a store, for a shop that renders it itself. Page thread.
import type { Slate } from '../../core/domain/slate.js';
import { TillsideError } from '../../core/errors.js';
import { findInstance } from '../instance-registry.js';
import { reportError } from '../report-error.js';
import type { CartAction } from '../adapters/platform-source.js';
import type { AddOptions } from '../tillside.js';
import { watchSlate } from '../watch-slate.js';
import { answerRequests, type CartHandlers } from './answer-requests.js';
import { followInstance } from './follow-instance.js';
import { createStore, type Store } from './store.js';

export interface SuggestionsState {
  /** absent until the first is made, and without consent */
  readonly slate: Slate | undefined;
  /** `waiting` for consent or an instance, `loading` the first slate, `ready` with one, `failed` when the last question was not answered */
  readonly status: 'waiting' | 'loading' | 'ready' | 'failed';
}

export interface SuggestionsActions {
  /**
   * Adds a suggestion to the shop's cart, as the widget's button does.
   *
   * @param quantity default 1
   * @throws {TillsideError} `cart-action-failed`; `stopped` where the page has no tillside
   */
  add(itemId: string, quantity?: number): Promise<void>;
  /**
   * Takes an item out of the shop's cart, as the widget's undo does.
   *
   * @param quantity default 1
   * @throws {TillsideError} as `add`
   */
  remove(itemId: string, quantity?: number): Promise<void>;
  /** Asks for a new slate; the cart's own changes do so by themselves. */
  refresh(): void;
}

export interface SuggestionsQuestion {
  readonly placement: string;
  readonly size: number;
  /** the shop's handlers, those it has now; without, `tillside:add` and `tillside:remove` are dispatched on the document */
  handlers(): CartHandlers;
}

const WAITING: SuggestionsState = { slate: undefined, status: 'waiting' };

/** Creates a store that asks for a placement's slate whenever the cart or the history changed. */
export function createSuggestionsStore({
  placement,
  size,
  handlers,
}: SuggestionsQuestion): Store<SuggestionsState> & SuggestionsActions {
  let refresh: (() => void) | undefined;
  const store = createStore(WAITING, (set) =>
    followInstance((instance) => {
      let isFollowed = true;
      const mayAsk = (): boolean => isFollowed && instance.consentState === 'granted';
      const ask = watchSlate({
        recommend: () => mayAsk() && instance.recommend({ placement, size }),
        onSlate: (slate) => set({ slate, status: 'ready' }),
        onError(error) {
          reportError(instance.onError, error, 'widget-failed');
          set({ slate: undefined, status: 'failed' });
        },
      });
      const follow = (): void => {
        if (!mayAsk()) set(WAITING);
        else if (!store.getSnapshot().slate) set({ slate: undefined, status: 'loading' });
        ask();
      };
      const stops = [instance.on('consent', follow), instance.on('change', follow), instance.on('refine', ask), ask];
      refresh = follow;
      follow();
      return () => {
        refresh = undefined;
        isFollowed = false;
        for (const stop of stops) stop();
      };
    }),
  );
  const change = async (action: CartAction, itemId: string, options: AddOptions): Promise<void> => {
    const instance = findInstance();
    if (!instance) throw new TillsideError('stopped', 'This page has no tillside. Call createTillside first.');
    const target = handlers()[action === 'add' ? 'onAdd' : 'onRemove'] && new EventTarget();
    if (target) answerRequests(target, handlers);
    await instance[action](itemId, { ...options, ...(target && { target }) });
  };
  return {
    ...store,
    refresh: () => refresh?.(),
    add(itemId, quantity = 1) {
      const position = store.getSnapshot().slate?.items.find(({ item }) => item.itemId === itemId)?.position;
      return change('add', itemId, { quantity, listId: placement, ...(position && { position }) });
    },
    remove: (itemId, quantity = 1) => change('remove', itemId, { quantity }),
  };
}
