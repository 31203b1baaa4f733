import type { Slate } from '../../core/domain/slate.js';
import { toDiagnostic } from '../../core/errors.js';
import { documentUrl } from '../document-url.js';
import type { TillsideInstance } from '../tillside.js';
import type { Card } from './card.js';
import { ENGLISH, toSentence } from './strings.js';
import { createSuggestionsView, type SuggestionsView } from './suggestions-view.js';
import { watchSlate } from './watch-slate.js';

/** What a widget's element says of itself. */
export interface SuggestionsHost extends HTMLElement {
  readonly placement: string;
  readonly size: number;
  readonly heading: string;
  readonly minScore: number;
}

export interface RunningSuggestions {
  readonly view: SuggestionsView;
  /** Asks again: the host's attributes changed. */
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
  onOutcome: (slate: Slate | undefined) => void,
): RunningSuggestions {
  const fail = (error: unknown): void => {
    const { code, message } = toDiagnostic(error, 'widget-failed');
    instance.onError(code, message);
    view.show([], host.size, 'none');
    onOutcome(undefined);
  };
  const view = createSuggestionsView({
    host,
    root: host.shadowRoot ?? host.attachShadow({ mode: 'open' }),
    strings: ENGLISH,
    settings: () => ({ strings: ENGLISH, locale: instance.locale, baseUrl: documentUrl() }),
    onCard: (card, itemId) => {
      const place = () => ({ itemId, listId: host.placement, position: card.position });
      card.link.addEventListener('click', () => instance.track({ type: 'select_item', ...place() }));
      card.button.addEventListener(
        'click',
        () => void quickAdd(card, () => instance.add(itemId, { ...place(), target: card.button }), view.announce),
      );
      return instance.observe(card.element, place());
    },
    onGiveUp: () => instance.onError('widget-failed', GIVE_UP),
  });

  const watch = watchSlate({
    recommend: () => instance.recommend({ placement: host.placement, size: host.size }),
    onSlate: (slate) => {
      const good = slate.items.filter(({ score }) => score >= host.minScore).slice(0, host.size);
      view.show(good, host.size, slate.strategy);
      onOutcome(slate);
    },
    onError: fail,
  });
  const follow = (): void => {
    if (instance.consentState !== 'granted') {
      watch.cancel();
      view.clear();
    } else {
      if (view.list.cards.size === 0) view.reserve(host.size);
      watch.refresh();
    }
  };

  view.setHeading(host.heading);
  const stops = [instance.on('consent', follow), instance.on('change', watch.refresh), watch.cancel, view.clear];
  follow();
  return {
    view,
    refresh: follow,
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

const GIVE_UP = 'The page emptied the shadow root of <tillside-suggestions> more than 3 times. Leave what is in it alone.';

async function quickAdd(card: Card, add: () => Promise<void>, announce: (text: string) => void): Promise<void> {
  if (card.isBusy) return;
  card.setBusy(true);
  try {
    await add();
    const { before, name, after } = toSentence(ENGLISH.added, card.title);
    announce(before + name + after);
  } catch {
    // The instance has reported why; the shopper needs to know that it did not work.
    card.showFailure();
    announce(ENGLISH.addFailed);
  }
  card.setBusy(false);
}
