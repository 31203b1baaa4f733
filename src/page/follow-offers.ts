// In: the engine's word on the shop's offers. Out: a change where slates are old by them, and no add of what is gone. Page thread, when it is visible.
import type { Engine, EngineStatus, OffersQuestion } from '../core/engine/contract.js';
import { codeOf, TillsideError } from '../core/errors.js';
import { openScope } from './capture/open-scope.js';
import { reportError } from './report-error.js';
import type { LoopTargets } from './running-loop.js';

/** What is added was in stock so long ago at most. */
const FRESH_MS = 5 * 60_000;
/** A worker that was lost has lost its offers too: they are missed no longer than this. */
const LONGEST_PAUSE_MS = 60_000;
/** After a look that the engine did not answer. */
const RETRY_MS = 10_000;

export interface FollowedOffers {
  /** Looks whether an item can still be bought. @throws {TillsideError} `out-of-stock`; never because nobody can say */
  check(itemId: string): Promise<void>;
  readonly stop: () => void;
}

export interface FollowTargets extends Pick<LoopTargets, 'onChange' | 'onError'> {
  readonly engine: Pick<Engine, 'lookAtOffers'>;
  readonly started: Promise<EngineStatus>;
}

/** Follows the shop's offers once the engine has started, so that no slate waits for them; a page that nobody sees does not look. */
export function followOffers({ engine, started, onChange, onError }: FollowTargets): FollowedOffers {
  const { listen, onStop, stop } = openScope({ onError });
  let revision = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;

  const ask = async (question: OffersQuestion) => {
    const state = await engine.lookAtOffers(question);
    if (isStopped || !state) return undefined;
    if (state.problem) onError(state.problem.code, state.problem.message);
    if (state.revision !== revision) onChange();
    revision = state.revision;
    return state;
  };
  const look = async (): Promise<void> => {
    clearTimeout(timer);
    if (isStopped || document.visibilityState === 'hidden') return;
    let pauseMs = RETRY_MS;
    try {
      pauseMs = (await ask({}))?.nextLookMs ?? pauseMs;
    } catch (error) {
      // The loop may have ended while this file was on its way.
      if (codeOf(error) === 'stopped') return stop();
      reportError(onError, error);
    }
    clearTimeout(timer);
    if (!isStopped) timer = setTimeout(look, Math.min(pauseMs, LONGEST_PAUSE_MS));
  };
  started.then(look, () => {}); // why it did not start is told already
  // Back from another tab, or from the back/forward cache with a new worker.
  listen(document, 'visibilitychange', () => void look());
  listen(window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && void look());
  onStop(() => {
    isStopped = true;
    clearTimeout(timer);
  });
  return {
    stop,
    async check(itemId) {
      // An engine that does not answer keeps nobody from adding.
      const state = await ask({ itemId, maxAgeMs: FRESH_MS }).catch(() => undefined);
      if (state?.availability === 'out_of_stock')
        throw new TillsideError('out-of-stock', `${itemId} is out of stock by the shop's offers`);
    },
  };
}
