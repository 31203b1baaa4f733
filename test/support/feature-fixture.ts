import { encodeCandidates } from '../../src/core/features/encode-candidates.js';
import { encodeSteps } from '../../src/core/features/encode-steps.js';
import { foldEvent } from '../../src/core/features/fold-event.js';
import { createSessionState } from '../../src/core/features/session-state.js';
import { createWindowCounters } from '../../src/core/features/window-counters.js';
import { aLog, MONDAY_10 } from './an-event.js';
import { anItemIndex } from './an-item-index.js';

/** One long, varied session encoded to bytes: the same in every engine, or training and serving drift apart. */
export function encodeFixture(): Uint8Array {
  const index = anItemIndex(
    Array.from({ length: 40 }, (_, i) => ({
      itemId: `item-${i}`,
      category: i % 5,
      brand: i % 7,
      price: 1.25 * (i + 1),
      band: (i % 10) + 1,
    })),
  );
  const types = [
    'view_item',
    'dwell',
    'scroll',
    'add_to_cart',
    'view_item',
    'remove_from_cart',
    'update_cart',
    'purchase',
  ] as const;
  const events = Array.from({ length: 160 }, (_, i) => ({
    type: types[(i * 7) % types.length] as (typeof types)[number],
    itemId: `item-${(i * 13) % 43}`,
    occurredAt: MONDAY_10 + i * 17_311,
    quantity: (i % 3) + 1,
    price: 1.25 * (i % 40) + 0.99,
    dwellMs: (i * 977) % 60_000,
    scrollDepthRatio: ((i * 31) % 100) / 100,
  }));
  const state = createSessionState();
  for (const event of aLog(events)) foldEvent(state, event);
  const rows = Int32Array.from({ length: 40 }, (_, i) => i + 1);
  const score = (factor: number) => Float32Array.from(rows, (row) => Math.fround(((row * factor) % 11) / 11));
  const scores = {
    lstm: score(3),
    mean: score(6),
    lastNear: score(8),
    cartLift: score(5),
    cartLiftMax: score(7),
    recentLift: score(2),
    lastLift: score(4),
    historyLift: score(9),
  };
  const view = {
    state,
    counters: createWindowCounters(index, state),
    index,
    now: MONDAY_10 + 160 * 17_311 + 5_000,
    utcOffsetMs: 3_600_000,
  };
  const steps = encodeSteps(state, index);
  const parts = [steps.rows, steps.behaviour, encodeCandidates(rows, scores, view)];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return bytes;
}

/** Of `encodeFixture()`; changes only with the meaning of a feature, and then `FEATURES_VERSION` does too. */
export const FEATURE_FIXTURE_SHA256 = 'addbacbc26a97e7138a7d180bb4d5c7b239e261c6bf23d569c443c075b76dd65';
