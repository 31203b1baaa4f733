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
    expect(Object.keys(figures)).toEqual([
      'masked-basket HR@4',
      'masked-basket HR@20',
      'masked-basket MRR@20',
      'masked-basket with history HR@4',
      'masked-basket with history HR@20',
      'masked-basket with history MRR@20',
    ]);
    expect(figures['masked-basket HR@4']).toBe(1);
    const mean = ((figures['masked-basket MRR@20'] as number) + (figures['masked-basket with history MRR@20'] as number)) / 2;
    expect(score).toBeCloseTo(mean, 5);
  });

  it('never looks at the last 20 % of the sessions', async () => {
    const usual = logEndingWith((i) => ({ visitor: `v${i}`, events: [`x-${i % 6}`, `y-${i % 6}`] }));
    const other = logEndingWith((i) => ({ visitor: `w${i}`, events: [`z-${i}`, `x-${(i + 1) % 6}`, `y-${i % 6}`] }));
    const validate = (log: typeof usual) => createValidation({ log, catalog: [] }, SILENT)(SETTINGS);
    expect(await validate(other)).toEqual(await validate(usual));
  });
});
