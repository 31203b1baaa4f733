import type { Slate } from '../../core/domain/slate.js';
import { reportError } from '../report-error.js';
import type { TillsideInstance } from '../tillside.js';
import { SuggestionsView } from './suggestions-view.js';
import { watchSlate } from './watch-slate.js';

const GIVE_UP = 'The page emptied <tillside-suggestions> more than 3 times. Leave its shadow root alone.';

/** What a widget's element says of itself. */
export interface SuggestionsHost extends HTMLElement {
  readonly placement: string;
  readonly size: number;
  readonly heading: string;
  readonly minScore: number;
}

export interface RunningSuggestions {
  /** Looks at the host's attributes again. */
  refresh(): void;
  stop(): void;
}

/**
 * Runs one widget on one instance: asks for slates while there is consent, shows them, adds what is pressed.
 *
 * @param onOutcome called with each slate that is shown, and with nothing when none could be made
 */
export function startSuggestions(
  host: SuggestionsHost,
  instance: TillsideInstance,
  onOutcome: (slate?: Slate) => void,
): RunningSuggestions {
  const view = new SuggestionsView(host, {
    actions: {
      locale: instance.locale,
      add: ({ itemId, position }, target) => instance.add(itemId, { listId: host.placement, position, target }),
      select: (place) => instance.track({ type: 'select_item', listId: host.placement, ...place }),
    },
    onCard: (card, { item: { itemId }, position }) => instance.observe(card, { itemId, listId: host.placement, position }),
    onGiveUp: () => instance.onError('widget-failed', GIVE_UP),
  });
  const { refresh, cancel } = watchSlate({
    recommend: () => instance.recommend({ placement: host.placement, size: host.size }),
    onSlate(slate) {
      const good = slate.items.filter(({ score }) => score >= host.minScore).slice(0, host.size);
      view.show(good, host.size, slate.strategy);
      onOutcome(slate);
    },
    onError(error) {
      // Asked before a withdrawal and answered after it: no fault of anybody's.
      if (instance.consentState === 'granted') reportError(instance.onError, error, 'widget-failed');
      view.show([], host.size, 'none');
      onOutcome();
    },
  });
  const clear = (): void => {
    cancel();
    view.clear();
  };
  const follow = (): void => {
    view.setHeading(host.heading);
    if (instance.consentState !== 'granted') clear();
    else {
      if (view.isEmpty) view.reserve(host.size);
      refresh();
    }
  };

  follow();
  const stops = [instance.on('consent', follow), instance.on('change', refresh), clear];
  return {
    refresh: follow,
    stop() {
      for (const stop of stops) stop();
    },
  };
}
