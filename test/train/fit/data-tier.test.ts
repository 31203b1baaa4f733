import { describe, expect, it } from 'vitest';
import { describeTier, tierOf } from '../../../src/train/fit/data-tier.js';

const TITLED = [{ itemId: 'a', title: 'Mug' }];
const orders = (count: number) => ({ kind: 'carts', sessionIds: Array.from({ length: count }, String) }) as const;

describe('tierOf', () => {
  it.each([
    [0, true, 'content'],
    [299, true, 'content'],
    [300, true, 'content and co-purchases'],
    [10_000, true, 'co-purchases'],
    [299, false, 'popularity'],
    [300, false, 'co-purchases'],
  ] as const)('%i orders, titles %s: %s', (count, hasContent, tier) => {
    expect(tierOf(count, hasContent)).toBe(tier);
  });
});

describe('describeTier', () => {
  it('says in one line what the data earns and what would earn more', () => {
    const line = describeTier(orders(1200), TITLED);
    expect(line).toMatch(/^1,200 orders earn the tier "content and co-purchases": .*10,000/);
    expect(line).not.toContain('\n');
  });

  it('does not say that no orders earn something', () => {
    expect(describeTier(undefined, TITLED)).toMatch(/^without orders the tier is "content": /);
  });

  it('takes a catalogue of mere ids for none', () => {
    expect(describeTier(orders(20), [{ itemId: 'a', title: 'a' }])).toContain('"popularity"');
  });
});
