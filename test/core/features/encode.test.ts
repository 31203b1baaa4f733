import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCandidates, type CandidateScores } from '../../../src/core/features/encode-candidates.js';
import { encodeSteps } from '../../../src/core/features/encode-steps.js';
import {
  BEHAVIOUR_FEATURES,
  CANDIDATE_FEATURES,
  type CandidateFeature,
  signalOf,
} from '../../../src/core/features/feature-names.js';
import { foldEvent } from '../../../src/core/features/fold-event.js';
import { liveFeatures, normalise } from '../../../src/core/features/normalisation.js';
import { createSessionState } from '../../../src/core/features/session-state.js';
import { createWindowCounters } from '../../../src/core/features/window-counters.js';
import { aLog, MONDAY_10 } from '../../support/an-event.js';
import { anItemIndex } from '../../support/an-item-index.js';
import { encodeFixture, FEATURE_FIXTURE_SHA256 } from '../../support/feature-fixture.js';

const index = anItemIndex([
  { itemId: 'cup', category: 1, brand: 1, price: 10, band: 5 },
  { itemId: 'plate', category: 1, brand: 2, price: 20, band: 8 },
  { itemId: 'lamp', category: 2, brand: 1, price: 40, band: 10 },
]);
const noScores = (n: number): CandidateScores => ({
  lstm: new Float32Array(n),
  mean: new Float32Array(n),
  lastNear: new Float32Array(n),
  cartLift: new Float32Array(n),
  cartLiftMax: new Float32Array(n),
  recentLift: new Float32Array(n),
  lastLift: new Float32Array(n),
  historyLift: new Float32Array(n),
});

function encode(events: Parameters<typeof aLog>[0], scores = noScores(3), nowAfterMs = 10_000) {
  const state = createSessionState();
  for (const event of aLog(events)) foldEvent(state, event);
  const counters = createWindowCounters(index, state);
  const view = { state, counters, index, now: MONDAY_10 + nowAfterMs, utcOffsetMs: 0 };
  const features = encodeCandidates(Int32Array.of(1, 2, 3), scores, view);
  return (row: number, name: CandidateFeature) =>
    features[(row - 1) * CANDIDATE_FEATURES.length + CANDIDATE_FEATURES.indexOf(name)] as number;
}

describe('candidate features', () => {
  it('has 91 names, each once', () => {
    expect(new Set(CANDIDATE_FEATURES).size).toBe(CANDIDATE_FEATURES.length);
    expect(CANDIDATE_FEATURES.length).toBe(91);
  });

  it('gives an item its own dwell and its category the sum', () => {
    const at = encode([{ itemId: 'cup' }, { type: 'dwell', itemId: 'cup', dwellMs: 40_000 }]);
    expect(at(1, 'itemDwell')).toBeCloseTo(Math.log1p(40), 5);
    expect(at(2, 'itemDwell')).toBe(0);
    expect(at(2, 'sameCategoryDwell60s')).toBeCloseTo(Math.log1p(40), 5);
    expect(at(3, 'sameCategoryDwell60s')).toBe(0);
    expect(at(3, 'sameBrandDwellSession')).toBeCloseTo(Math.log1p(40), 5);
  });

  it('compares a price with the mean of the cart', () => {
    const at = encode([{ type: 'add_to_cart', itemId: 'cup', quantity: 2, price: 10 }]);
    expect(at(2, 'priceRatio')).toBeCloseTo(Math.log(2), 5);
    expect(at(1, 'cartValue')).toBeCloseTo(Math.log1p(20), 5);
    expect(at(2, 'categoryShareOfCart')).toBe(1);
    expect(at(3, 'categoryShareOfCart')).toBe(0);
  });

  it('scales scores by the best and places them', () => {
    const at = encode([], { ...noScores(3), cartLift: Float32Array.of(0.5, 2, 0) });
    expect([at(1, 'cartLift'), at(2, 'cartLift'), at(3, 'cartLift')]).toEqual([0.25, 1, 0]);
    expect(at(2, 'cartLiftPlace')).toBe(1);
    expect(at(1, 'cartLiftPlace')).toBeCloseTo(1 / Math.log2(3), 5);
    expect(at(3, 'cartLiftPlace')).toBe(0);
  });

  it('places every score above 0, best first, ties by candidate', () => {
    const score = fc.oneof(fc.constantFrom(0, -0, 1, 0.5, -1), fc.float({ noNaN: true, noDefaultInfinity: true }));
    const state = createSessionState();
    const view = { state, counters: createWindowCounters(index, state), index, now: MONDAY_10, utcOffsetMs: 0 };
    fc.assert(
      fc.property(fc.array(score, { maxLength: 40 }), (values) => {
        const cartLift = Float32Array.from(values);
        const n = values.length;
        const features = encodeCandidates(new Int32Array(n).fill(1), { ...noScores(n), cartLift }, view);
        const best = [...cartLift.keys()].sort((a, b) => (cartLift[b] as number) - (cartLift[a] as number) || a - b);
        best.forEach((candidate, place) => {
          const seen = features[candidate * CANDIDATE_FEATURES.length + CANDIDATE_FEATURES.indexOf('cartLiftPlace')];
          expect(seen).toBe((cartLift[candidate] as number) > 0 ? Math.fround(1 / Math.log2(2 + place)) : 0);
        });
      }),
    );
  });

  it('knows Monday morning', () => {
    const at = encode([], noScores(3), 0);
    expect(at(1, 'hourSin')).toBeCloseTo(Math.sin((10 / 24) * 2 * Math.PI), 5);
    expect(at(1, 'hourCos')).toBeCloseTo(Math.cos((10 / 24) * 2 * Math.PI), 5);
    expect(at(1, 'weekdaySin')).toBeCloseTo(Math.sin(((1 + 10 / 24) / 7) * 2 * Math.PI), 5);
  });

  it('belongs to one signal each', () => {
    for (const name of CANDIDATE_FEATURES) expect(signalOf(name)).toBeTypeOf('string');
    expect(signalOf('itemDwell')).toBe('dwell');
    expect(signalOf('sameCategoryDwell5m')).toBe('dwell');
    expect(signalOf('sessionDwell5m')).toBe('context');
    expect(signalOf('cartLiftPlace')).toBe('cart');
    expect(signalOf('cartSize')).toBe('context');
  });
});

describe('behaviour steps', () => {
  it('keeps shape and range, and leaves unknown items out', () => {
    const types = ['view_item', 'add_to_cart', 'remove_from_cart'] as const;
    const event = fc.record({
      type: fc.constantFrom(...types),
      itemId: fc.constantFrom('cup', 'plate', 'lamp', 'unknown'),
      dwellMs: fc.integer({ min: 0, max: 10_000_000 }),
      scrollDepthRatio: fc.double({ min: 0, max: 1, noNaN: true }),
      quantity: fc.integer({ min: 1, max: 10_000 }),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 120 }), (events) => {
        const state = createSessionState();
        for (const logged of aLog(events)) foldEvent(state, logged);
        const { rows, behaviour } = encodeSteps(state, index);
        expect(rows.length).toBeLessThanOrEqual(50);
        expect(behaviour.length).toBe(rows.length * BEHAVIOUR_FEATURES.length);
        for (const row of rows) expect(row).toBeGreaterThan(0);
        for (const value of behaviour) expect(value >= 0 && value <= 1).toBe(true);
      }),
    );
  });
});

describe('normalisation', () => {
  const fitted = { names: ['x', 'y'], mean: [10, 3], deviation: [2, 0] };

  it('feeds a feature without variance as 0, whatever it is', () => {
    expect([...normalise(Float32Array.of(12, 99, 10, -1), fitted)]).toEqual([1, 0, 0, 0]);
    expect(liveFeatures(fitted)).toEqual(['x']);
  });

  it('never leaves ±5 and turns NaN into 0', () => {
    expect([...normalise(Float32Array.of(1e9, 0, Number.NaN, 0), fitted)]).toEqual([5, 0, 0, 0]);
  });
});

it('encodes the shared fixture to the bytes that the browser encodes', () => {
  expect(createHash('sha256').update(encodeFixture()).digest('hex')).toBe(FEATURE_FIXTURE_SHA256);
});
