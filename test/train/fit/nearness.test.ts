import { describe, expect, it } from 'vitest';
import { chooseNearness, NEARNESS, type Nearness } from '../../../src/train/fit/nearness.js';

describe('chooseNearness', () => {
  it.each(['carts', 'sparse-carts'] as const)('keeps the usual weight of %s where no other clearly finds more', (source) => {
    expect(chooseNearness(source, (tried) => (tried === NEARNESS[source] ? 0.5 : 0.504))).toEqual({
      nearness: { ...NEARNESS[source], source },
      figure: 0.5,
    });
  });

  it('does without nearest items on sparse carts whose counted neighbours find more alone', () => {
    expect(chooseNearness('sparse-carts', ({ share }) => 1 - share).nearness).toEqual({
      source: 'sparse-carts',
      share: 0,
      popularityPower: 0,
    });
  });

  it('does without nearest items on dense carts too, and prefers the popular ones, where that finds clearly more', () => {
    expect(chooseNearness('carts', ({ share }) => 1 - share).nearness.share).toBe(0);
    const figure = ({ share, popularityPower }: Nearness) => share + popularityPower;
    expect(chooseNearness('carts', figure).nearness).toEqual({ source: 'carts', share: 0.25, popularityPower: 0.5 });
  });

  it('asks nothing about browsing, which has one nearness', () => {
    let asked = 0;
    expect(chooseNearness('browsing', () => ++asked).nearness).toEqual({ ...NEARNESS.browsing, source: 'browsing' });
    expect(asked).toBe(1);
  });
});
