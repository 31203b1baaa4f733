// In: the page's tillside and a placement. Out: its newest slate, as a store, for a shop that renders it itself. Page thread.
import type { Slate } from '../../core/domain/slate.js';
import { TillsideError } from '../../core/errors.js';
import { findInstance } from '../instance-registry.js';
import { reportError } from '../report-error.js';
import { watchSlate } from '../watch-slate.js';
import { type AddHandler, answerAdds } from './answer-add.js';
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
  /** Asks for a new slate; the cart's own changes do so by themselves. */
  refresh(): void;
}

export interface SuggestionsQuestion {
  readonly placement: string;
  readonly size: number;
  /** the shop's handler, if it has one now; without, `tillside:add` is dispatched on the document */
  onAdd(): AddHandler | undefined;
}

const WAITING: SuggestionsState = { slate: undefined, status: 'waiting' };

/** Creates a store that asks for a placement's slate whenever the cart or the history changed. */
export function createSuggestionsStore({
  placement,
  size,
  onAdd,
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
      const stops = [instance.on('consent', follow), instance.on('change', follow), ask];
      refresh = follow;
      follow();
      return () => {
        refresh = undefined;
        isFollowed = false;
        for (const stop of stops) stop();
      };
    }),
  );
  return {
    ...store,
    refresh: () => refresh?.(),
    async add(itemId, quantity = 1) {
      const instance = findInstance();
      if (!instance) throw new TillsideError('stopped', 'This page has no tillside. Call createTillside first.');
      const position = store.getSnapshot().slate?.items.find(({ item }) => item.itemId === itemId)?.position;
      const target = onAdd() && new EventTarget();
      if (target) answerAdds(target, onAdd);
      await instance.add(itemId, { quantity, listId: placement, ...(position && { position }), ...(target && { target }) });
    },
  };
}
