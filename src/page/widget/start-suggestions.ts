import type { Slate } from '../../core/domain/slate.js';
import { reportError } from '../report-error.js';
import type { TillsideInstance } from '../tillside.js';
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
 * Runs one widget on one instance while there is consent: at most one question a frame and one under way. An answer to a
 * question asked before the last change is dropped, as it may suggest what is in the cart by now.
 *
 * The host dispatches `load` with each slate that is shown, and `error` when none could be made.
 */
export function startSuggestions(host: SuggestionsHost, instance: TillsideInstance): RunningSuggestions {
  const show = createSuggestionsView(host, instance);
  let slate: Slate | undefined;
  let isStopped = false;
  /** a question is planned or under way */
  let isAsking = false;
  /** the answer to it will be old */
  let isOld = false;

  const mayAsk = (): boolean => !isStopped && instance.consentState === 'granted';
  const conclude = (answer?: Slate): void => {
    slate = answer;
    show(slate ?? NO_SLATE, !host.hidden || host.hasAttribute('reserved'));
    host.dispatchEvent(new Event(slate ? 'load' : 'error'));
  };
  const ask = async (): Promise<void> => {
    isOld = false;
    try {
      const answer = mayAsk() && (await instance.recommend({ placement: host.placement, size: host.size }));
      if (answer && !isOld) conclude(answer);
    } catch (error) {
      if (!isOld) {
        reportError(instance.onError, error, 'widget-failed');
        conclude();
      }
    }
    isAsking = false;
    if (isOld) plan();
  };
  const plan = (): void => {
    if (!isAsking) requestAnimationFrame(ask);
    isAsking = isOld = true;
  };
  const refresh = (): void => {
    if (!mayAsk()) slate = undefined;
    show(slate, mayAsk());
    plan();
  };
  const stops = [instance.on('consent', refresh), instance.on('change', plan)];
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
