// In: what a page asks for. Out: a slate, an add, what is kept. It comes with the loop, as nobody is answered without one. Page thread.
import type { ItemFacts } from '../core/domain/item.js';
import type { RecommendRequest } from '../core/engine/contract.js';
import { TillsideError } from '../core/errors.js';
import type { CartAction } from './adapters/platform-source.js';
import { isWhole } from './check-value.js';
import type { PageEvents } from './page-events.js';
import type { Answers, Loop } from './running-loop.js';
import { DEFAULT_SIZE, MAX_SIZE } from './slate-size.js';
import type { AddOptions } from './tillside.js';

/** Creates the answers of one instance. @param needLoop rejects where none runs */
export function createAnswers(needLoop: () => Promise<Loop>, events: PageEvents): Answers {
  let strategy = 'model';
  /** what slates said of the items that can be added */
  const suggested = new Map<string, ItemFacts>();
  const change = async (action: CartAction, itemId: string, options?: AddOptions) => {
    const { capture } = await needLoop();
    return capture.change({ ...options, action, itemId, item: suggested.get(itemId) });
  };
  return {
    async recommend(request = {}) {
      const { started, capture, engine, report } = await needLoop();
      const wanted = toRequest(request);
      await started;
      capture.flush();
      const slate = await engine.recommend({ ...capture.seen(wanted.placement), ...wanted });
      // What the engine survived is told at its start, and when slates come from another tier than before.
      if (slate.strategy !== strategy) report(engine.status());
      strategy = slate.strategy;
      for (const { item } of slate.items) suggested.set(item.itemId, item);
      events.emit('slate', slate);
      return slate;
    },
    async add(itemId, options) {
      const added = await change('add', itemId, options);
      events.emit('add', added);
      return added;
    },
    async remove(itemId, options) {
      await change('remove', itemId, options);
    },
    async erase() {
      await (await needLoop()).forget();
      events.emit('change', undefined);
    },
    exportData: async () => (await needLoop()).exportData(),
  };
}

function toRequest(request: Partial<RecommendRequest>): RecommendRequest {
  const { size = DEFAULT_SIZE } = request;
  if (isWhole(size, 1, MAX_SIZE)) return { ...request, size };
  throw new TillsideError('invalid-request', `size is ${String(size)}. Ask for 1 to ${MAX_SIZE} items.`);
}
