import type { Slate } from '../../core/domain/slate.js';
import { reportError } from '../report-error.js';
import type { TillsideInstance } from '../tillside.js';
import { paceTask } from './pace-task.js';
import { createSuggestionsView } from './suggestions-view.js';
import type { SuggestionsHost } from './widget-context.js';

export interface RunningSuggestions {
  /** the slate that is shown */
  readonly slate: Slate | undefined;
  /** Looks at the host's attributes again. */
  refresh(): void;
  stop(): void;
}

/**
 * Runs one widget on one instance: asks for slates while there is consent, and shows them. The host dispatches `load`
 * with each slate that is shown, and `error` when none could be made.
 */
export function startSuggestions(host: SuggestionsHost, instance: TillsideInstance): RunningSuggestions {
  const view = createSuggestionsView(host, instance);
  let slate: Slate | undefined;
  let isStopped = false;

  const mayAsk = (): boolean => !isStopped && instance.consentState === 'granted';
  const conclude = (answer?: Slate): void => {
    const good = answer?.items.filter(({ score }) => score >= host.minScore).slice(0, host.size);
    view.show(good ?? [], !host.hidden || host.hasAttribute('reserved'), answer?.strategy ?? 'none');
    slate = answer;
    host.dispatchEvent(new Event(answer ? 'load' : 'error'));
  };
  const ask = paceTask(async (isOld) => {
    if (!mayAsk()) return;
    try {
      const answer = await instance.recommend({ placement: host.placement, size: host.size });
      if (!isOld()) conclude(answer);
    } catch (error) {
      if (isOld()) return;
      reportError(instance.onError, error, 'widget-failed');
      conclude();
    }
  });
  const refresh = (): void => {
    view.setHeading();
    if (host.hidden || !mayAsk()) view.show([], mayAsk());
    ask();
  };

  refresh();
  const stops = [instance.on('consent', refresh), instance.on('change', ask)];
  return {
    get slate() {
      return slate;
    },
    refresh,
    stop() {
      isStopped = true;
      for (const stop of stops) stop();
      refresh();
    },
  };
}
