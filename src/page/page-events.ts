import type { OnError } from './capture/capture-context.js';
import type { TillsideEvents } from './tillside.js';
import { type Watchable, watchable } from './watchable.js';

/** One list of listeners for each thing `tillside.on` can listen to. */
export type PageEvents = { readonly [K in keyof TillsideEvents]: Watchable<TillsideEvents[K]> };

/** Creates the lists; a listener that throws is reported, and the others are called. */
export function createPageEvents(onError: OnError): PageEvents {
  const list = <K extends keyof TillsideEvents>(type: K): Watchable<TillsideEvents[K]> =>
    watchable((error) =>
      onError('page-failed', `A listener of "${type}" threw: ${error}. Mend the function given to tillside.on.`),
    );
  return {
    ready: list('ready'),
    change: list('change'),
    slate: list('slate'),
    add: list('add'),
    consent: list('consent'),
    error: list('error'),
    diagnostic: list('diagnostic'),
  };
}
