// In: which sources a shop has, said or found. Out: one source; adapters load only where there is more than the markup. Page thread.
import type { CaptureContext } from '../capture/capture-context.js';
import { openScope } from '../capture/open-scope.js';
import { reportError } from '../report-error.js';
import type { CartSource } from './adapter.js';
import { detectSources, SOURCE_NAMES, type SourceName } from './detect-sources.js';
import { createMarkupSource } from './markup.js';
import type { MergeOptions } from './merge-sources.js';
import type { RunningSources, startSources } from './sources.js';

/** Where somebody may come to watch what is added. */
export interface AddGuard {
  /** Rejects where an item must not be added. */
  check?(itemId: string): Promise<void>;
}

export interface ShopSourceOptions extends Pick<MergeOptions, 'resolve'> {
  /** the sources to read, the most trusted first; `auto`: those that the page has, now or once it has loaded */
  readonly cart: 'auto' | readonly SourceName[];
  readonly guard?: AddGuard;
  /** loads the adapters' own file */
  readonly loadSources: () => Promise<{ readonly startSources: typeof startSources }>;
}

/** Creates the source of all that a page tells of its cart and products. */
export function createShopSource(context: CaptureContext, { cart, resolve, guard, loadSources }: ShopSourceOptions): CartSource {
  const markup = createMarkupSource(context);
  const order = cart === 'auto' ? SOURCE_NAMES : cart;
  let running: Promise<RunningSources> | undefined;
  return {
    async change(action, order, from) {
      // Without one the event is dispatched at once, within the click.
      if (action === 'add' && guard?.check) await guard.check(order.itemId);
      const done = markup.ask(action, order, from) ?? (await running)?.act(action, order);
      if (!done) throw new Error(`nobody answered tillside:${action} by its detail.respondWith(promise)`);
      return done;
    },
    start(sink) {
      const { guard, listen, onStop, stop } = openScope(context);
      const started = new Set<SourceName>();
      let stopMarkup = (): void => {};
      const read = guard(() => {
        const names = cart === 'auto' ? detectSources() : cart;
        const fresh = names.filter((name) => !started.has(name) && started.add(name));
        if (fresh.includes('markup')) stopMarkup = markup.start(sink);
        if (names.every((name) => name === 'markup') || !fresh.length) return;
        // With others beside it the markup is one of those that are merged.
        running ??= loadSources().then((chunk) => {
          stopMarkup();
          return chunk.startSources(context, { order, sink, resolve, markup: started.has('markup') && markup });
        });
        running.then(({ join }) => join(fresh)).catch((error) => reportError(context.onError, error));
      });
      read();
      listen(window, 'load', read);
      onStop(() => {
        stopMarkup();
        running?.then((sources) => sources.stop()).catch(() => {}); // reported where it was loaded
      });
      return stop;
    },
  };
}
