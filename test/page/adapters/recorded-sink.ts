import type { CartLine } from '../../../src/core/domain/cart.js';
import type { ItemFacts } from '../../../src/core/domain/item.js';

import type { Aliased, CartMutation, PlatformSink } from '../../../src/page/adapters/platform-source.js';
import type { Trackable } from '../../../src/core/domain/event.js';

/** A sink that keeps what it is told, each in its own list and all of the cart in one log. */
export function recordedSink() {
  const mutations: (CartMutation & Aliased)[] = [];
  const snapshots: (readonly (CartLine & Aliased)[])[] = [];
  const facts: ItemFacts[] = [];
  const itemIds: string[] = [];
  const pages: ({ readonly itemId: string } & Aliased)[] = [];
  const events: (Trackable & Aliased)[] = [];
  /** `+2 a`, `-1 a`, `-all a`, `=3 a` and `[2 a, 1 b]`, in order */
  const log: string[] = [];
  const signs = { add_to_cart: '+', remove_from_cart: '-', update_cart: '=' };
  const sink: PlatformSink = {
    mutation(mutation) {
      mutations.push(mutation);
      log.push(`${signs[mutation.type]}${mutation.quantity ?? 'all'} ${mutation.itemId}`);
    },
    snapshot(lines) {
      snapshots.push(lines);
      log.push(`[${lines.map(({ quantity, itemId }) => `${quantity} ${itemId}`).join(', ')}]`);
    },
    products(found, ids) {
      facts.push(...found);
      itemIds.push(...ids);
    },
    page: (item) => void pages.push(item),
    event: (event) => void events.push(event),
  };
  return { sink, mutations, snapshots, facts, itemIds, pages, events, log };
}

/** An object whose own keys are read through, and whose every other key throws and is written down. */
export function guarded(fields: Readonly<Record<string, unknown>>, secrets: readonly string[], touched: string[]): object {
  const value = { ...fields };
  for (const secret of secrets) {
    Object.defineProperty(value, secret, {
      enumerable: true,
      get() {
        touched.push(secret);
        return 'ada@example.com';
      },
    });
  }
  return value;
}
