import { describe, expect, it } from 'vitest';
import { createValidation } from '../../../src/train/fit/validate-settings.js';
import { SILENT } from '../../../src/train/progress.js';
import { DEFAULT_SETTINGS } from '../../../src/train/settings.js';
import { aLog, type LogSession } from '../../support/a-log.js';

const SETTINGS = { ...DEFAULT_SETTINGS, epochs: 0 };

/** Pairs that go together, then `rest`. */
function logEndingWith(rest: (i: number) => LogSession) {
  const pairs = Array.from(
    { length: 160 },
    (_, i): LogSession => ({ visitor: `v${i % 40}`, events: [`x-${i % 6}`, `y-${i % 6}`] }),
  );
  return aLog([...pairs, ...Array.from({ length: 40 }, (_, i) => rest(i))]);
}

describe('createValidation', () => {
  it('gives figures of each protocol and their mean MRR@20 as the score', async () => {
    const log = logEndingWith((i) => ({ visitor: `v${i}`, events: [`x-${i % 6}`, `y-${i % 6}`] }));
    const { figures, score } = await createValidation({ log, catalog: [] }, SILENT)(SETTINGS);
    const asked = ['masked-basket', 'masked-basket with history', 'cart-page', 'cart-page with history'];
    expect(Object.keys(figures)).toEqual(
      asked.flatMap((name) => ['HR@4', 'HR@20', 'MRR@20'].map((figure) => `${name} ${figure}`)),
    );
    expect(figures['masked-basket HR@4']).toBe(1);
    const mean = asked.reduce((sum, name) => sum + (figures[`${name} MRR@20`] as number), 0) / asked.length;
    expect(score).toBeCloseTo(mean, 5);
  });

  it('never looks at the last 20 % of the sessions', async () => {
    const usual = logEndingWith((i) => ({ visitor: `v${i}`, events: [`x-${i % 6}`, `y-${i % 6}`] }));
    const other = logEndingWith((i) => ({ visitor: `w${i}`, events: [`z-${i}`, `x-${(i + 1) % 6}`, `y-${i % 6}`] }));
    const validate = (log: typeof usual) => createValidation({ log, catalog: [] }, SILENT)(SETTINGS);
    expect(await validate(other)).toEqual(await validate(usual));
  });
});
