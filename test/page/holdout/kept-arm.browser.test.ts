import { expect, it } from 'vitest';
import { drawArm } from '../../../src/page/holdout/kept-arm.js';

it('holds out the share that the shop wants', () => {
  const draws = 40_000;
  for (const share of [0.05, 0.1, 0.5]) {
    const held = Array.from({ length: draws }, () => drawArm(share)).filter((arm) => arm === 'holdout').length;
    // Five standard errors: one run in two million is further off.
    expect(Math.abs(held - draws * share)).toBeLessThan(5 * Math.sqrt(draws * share * (1 - share)));
  }
});
