import { describe, expect, it } from 'vitest';
import { OPTIONS, toPlan } from '../../../src/train/commands/evaluate-options.js';
import { parseOptions } from '../../../src/train/commands/options.js';

const planOf = (...args: string[]) => toPlan(parseOptions(args, OPTIONS).values);

describe('what evaluate measures', () => {
  it('is a memory of a week, a month and thirteen months, unless it is told', () => {
    expect(planOf().histories).toEqual([7, 30, 396]);
    expect(planOf('--history', '14,60').histories).toEqual([14, 60]);
    expect(planOf('--history', '0').histories).toEqual([0]);
  });

  it('refuses days that are none', () => {
    expect(() => planOf('--history', '7,month')).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('counts seeds from --seed on', () => {
    expect(planOf('--seed', '5', '--seeds', '3').seeds).toEqual([5, 6, 7]);
  });
});
