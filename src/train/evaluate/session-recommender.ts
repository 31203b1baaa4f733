// In: a session's events and own purchases. Out: the slate that the browser's engine would make of them. Runs in Node.
import type { InteractionEvent } from '../../core/domain/event.js';
import type { OwnPurchase } from '../../core/domain/session.js';
import type { Rules } from '../../core/domain/slate.js';
import { kinOf, rowsOf } from '../../core/engine/kinship.js';
import { createLiveSession } from '../../core/engine/live-session.js';
import { createSlateMaker, type MadeSlate } from '../../core/engine/slate-maker.js';
import type { Bundle } from '../../core/model/bundle.js';
import type { ModelRuntime } from '../../core/model/runtime.js';
import { cartOf } from './query.js';
import type { Recommender } from './recommender.js';

/** What one clean device has seen before it asks. */
export interface DeviceSession {
  /** oldest first; their order is the order */
  readonly events: readonly InteractionEvent[];
  readonly history: readonly OwnPurchase[];
  /** epoch ms */
  readonly now: number;
  readonly exclude: 'none' | 'cart' | 'shown';
  /** default: what the page does */
  readonly nearDuplicates?: NonNullable<Rules['nearDuplicates']>;
}

/** Replays sessions, each from a clean state, through the same fold and slate maker as the browser. A failing model throws. */
export function createSessionRunner(
  bundle: Bundle,
  runtime: ModelRuntime | undefined,
): (session: DeviceSession, size: number) => MadeSlate {
  const makeSlate = createSlateMaker({
    bundle,
    runtime,
    rules: {},
    reasons: 'session',
    contributions: false,
    onModelError(error) {
      throw error;
    },
  });
  return ({ events, history, now, exclude, nearDuplicates }, size) => {
    const live = createLiveSession();
    live.adoptIndex(bundle.index, runtime?.encoders.createWindowCounters);
    live.addPurchases(history);
    live.commit(events.map((event, i) => ({ ...event, seq: i + 1 })));
    return makeSlate(live.view(now, 0), { size, rules: { exclude, ...(nearDuplicates && { nearDuplicates }) } });
  };
}

/** A bundle as a method beside the baselines: what it answers is the slate that a page would show, rules and all. */
export function createBundleRecommender(bundle: Bundle, runtime: ModelRuntime | undefined): Recommender {
  const run = createSessionRunner(bundle, runtime);
  const { index, factsOf } = bundle;
  return {
    name: 'tillside',
    usesHistory: true,
    keepsOff({ events, exclude }) {
      const inCart = rowsOf(cartOf(events), index);
      return (itemId) => {
        const row = index.rowOf(itemId);
        const isKin = exclude === 'cart' && kinOf(row, inCart, index) !== undefined;
        return row > 0 && (isKin || factsOf(row).availability === 'out_of_stock');
      };
    },
    recommend: (query, k) => run(query, k).items.map(({ item, score }) => ({ itemId: item.itemId, score })),
  };
}
