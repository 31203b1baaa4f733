// In: the page's tillside, whoever created it. Out: what a component shows of it, as a store. Page thread.
import type { EngineStatus } from '../../core/engine/contract.js';
import type { ConsentState } from '../consent/consent-state.js';
import { findInstance } from '../instance-registry.js';
import type { TillsideOptions } from '../options.js';
import { reportError } from '../report-error.js';
import { createReports } from '../reports.js';
import type { Tillside } from '../tillside.js';
import { followInstance } from './follow-instance.js';
import { createStore, type Store } from './store.js';

/** What a component knows of the page's tillside. */
export interface TillsideState {
  /** absent on a server, before the first effect, and where there is none */
  readonly tillside: Tillside | undefined;
  /** `pending` while there is none */
  readonly consent: ConsentState;
  /** absent until consent is granted and the engine runs */
  readonly engine: EngineStatus | undefined;
  /** whether the bundle is loaded */
  readonly isReady: boolean;
}

const NO_TILLSIDE: TillsideState = { tillside: undefined, consent: 'pending', engine: undefined, isReady: false };

/** Creates a store of the page's tillside. @param create called at the first subscription; it may create the instance */
export function createPageStore(create?: () => void): Store<TillsideState> {
  return createStore(NO_TILLSIDE, (set) => {
    create?.();
    return followInstance((instance) => {
      let isFollowed = true;
      const show = (engine?: EngineStatus): void => {
        // Once stopped it is no longer the page's.
        const tillside = findInstance();
        if (isFollowed) set(tillside ? stateOf(tillside, engine) : NO_TILLSIDE);
      };
      const onConsent = (): void => {
        show();
        if (instance.consentState !== 'granted') return;
        // It may be ready already; why it is not, it reports itself.
        instance.status().then(
          ({ engine }) => engine && show(engine),
          () => {},
        );
      };
      const stops = [instance.on('consent', onConsent), instance.on('ready', show)];
      onConsent();
      return () => {
        isFollowed = false;
        for (const stop of stops) stop();
      };
    });
  });
}

function stateOf(tillside: Tillside, engine: EngineStatus | undefined): TillsideState {
  return { tillside, consent: tillside.consentState, engine, isReady: engine?.bundle !== undefined };
}

/** Creates the page's tillside for a component, which bad options must not break: they go to `onError`, or to the console. */
export function createForComponent(createTillside: (options: TillsideOptions) => Tillside, options: TillsideOptions): void {
  try {
    createTillside(options);
  } catch (error) {
    const onError = (options as Partial<TillsideOptions> | null)?.onError;
    reportError(createReports(typeof onError === 'function' ? { onError } : {}), error);
  }
}
