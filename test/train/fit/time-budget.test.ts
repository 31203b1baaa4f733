import { describe, expect, it } from 'vitest';
import { createTimeBudget } from '../../../src/train/fit/time-budget.js';

describe('createTimeBudget', () => {
  it('ends a stage its share after it began to ask, and says so once', () => {
    let now = 1000;
    const budget = createTimeBudget(10, () => now);
    const isUp = budget.deadline('the ranker', 0.1);
    now += 120_000; // making its examples
    expect(isUp()).toBe(false);
    now += 59_000;
    expect(isUp()).toBe(false);
    now += 2000;
    expect([isUp(), isUp()]).toEqual([true, true]);
    expect(budget.cuts).toEqual(['the ranker stopped early']);
  });

  it('ends no stage later than all of it', () => {
    let now = 0;
    const budget = createTimeBudget(1, () => now);
    now = 55_000;
    expect(budget.left()).toBeCloseTo(1 / 12);
    const isUp = budget.deadline('the last', 0.5);
    expect(isUp()).toBe(false);
    now = 60_001;
    expect(isUp()).toBe(true);
    expect(budget.left()).toBe(0);
  });

  it('has all time without a limit', () => {
    let now = 0;
    const budget = createTimeBudget(undefined, () => now);
    const isUp = budget.deadline('a stage', 0.01);
    expect(isUp()).toBe(false);
    now = 1e12;
    expect([isUp(), budget.left(), budget.cuts]).toEqual([false, 1, []]);
  });
});
