import type { Slate } from '../../core/domain/slate.js';
import type { TillsideInstance } from '../tillside.js';
import { watchSlate } from '../watch-slate.js';
import { createSuggestionsView, type ShownSlate } from './suggestions-view.js';
import type { SuggestionsHost } from './widget-context.js';

const NO_SLATE: ShownSlate = { items: [], strategy: 'none' };

export interface RunningSuggestions {
  /** the slate that is shown */
  readonly slate: Slate | undefined;
  /** Looks at the host's attributes again. */
  refresh(): void;
  stop(): void;
}

/**
 * Runs one widget on one instance while there is consent.
 *
 * The host dispatches `load` with each slate that is shown, and `error` when none could be made.
 */
export function startSuggestions(host: SuggestionsHost, instance: TillsideInstance): RunningSuggestions {
  const show = createSuggestionsView(host, instance);
  let slate: Slate | undefined;
  let isStopped = false;

  const mayAsk = (): boolean => !isStopped && instance.consentState === 'granted';
  const conclude = (answer?: Slate): void => {
    slate = answer;
    show(slate ?? NO_SLATE, !host.hidden);
    host.dispatchEvent(new Event(slate ? 'load' : 'error'));
  };
  const ask = watchSlate({
    recommend: () => mayAsk() && instance.recommend({ placement: host.placement, size: host.size }),
    onSlate: conclude,
    onError(error) {
      instance.onFailure(error);
      conclude();
    },
  });
  const refresh = (): void => {
    if (!mayAsk()) slate = undefined;
    show(slate, mayAsk());
    ask();
  };
  const stops = [
    instance.on('consent', refresh),
    instance.on('change', ask),
    // What a shopper points at or types into stays where it is until something changes.
    instance.on('refine', () => host.matches(':hover,:focus-within') || ask()),
  ];
  const stop = (): void => {
    isStopped = true;
    for (const undo of stops) undo();
    refresh();
  };

  refresh();
  return {
    get slate() {
      return slate;
    },
    refresh,
    stop,
  };
}
