import { beforeAll, describe, expect, it } from 'vitest';
import { chooseTables, type MeasureTables } from '../../../src/train/fit/choose-tables.js';
import type { Trainer } from '../../../src/train/fit/fit-range.js';
import { NEARNESS } from '../../../src/train/fit/nearness.js';
import { EASE_SHAPE } from '../../../src/train/fit/restricted-ease.js';
import type { FittedTables } from '../../../src/train/fit/tables.js';
import { openTensorflow } from '../../../src/train/fit/tensorflow.js';
import { createTimeBudget } from '../../../src/train/fit/time-budget.js';
import { SILENT } from '../../../src/train/progress.js';
import { chooseRecipe, choicesOf } from '../../../src/train/recipe/choose-recipe.js';
import { describeLog } from '../../../src/train/recipe/describe-log.js';
import { DEFAULT_SETTINGS } from '../../../src/train/settings.js';
import { aLog, type LogSession } from '../../support/a-log.js';

const isDraft = ({ embeddings }: FittedTables) => embeddings.length === 0;

function aTrainer(orders: readonly LogSession[]): Trainer {
  const log = aLog(orders);
  const settings = { ...DEFAULT_SETTINGS, dim: 4, epochs: 0, recipe: choicesOf(chooseRecipe(describeLog(log))) };
  return { log, catalog: [], settings, progress: SILENT, budget: createTimeBudget(undefined) };
}

/** Every pair of ten items, by three visitors each: fewer than an edge needs. */
function sparse(): Trainer {
  const items = Array.from({ length: 10 }, (_, i) => `purchase:i-${i}`);
  const pairs = items.flatMap((a, i) => items.slice(i + 1).map((b) => [a, b]));
  return aTrainer([0, 1, 2].flatMap((round) => pairs.map((events, i) => ({ visitor: `v${round}-${i}`, events }))));
}

function dense(): Trainer {
  return aTrainer(
    Array.from({ length: 40 }, (_, i) => ({ visitor: `v${i}`, events: ['a', 'b', 'c'].map((item) => `purchase:${item}`) })),
  );
}

function choose(trainer: Trainer, measure: MeasureTables) {
  return chooseTables(trainer, { from: 0, to: trainer.log.sessionIds.length }, measure);
}

describe('chooseTables', () => {
  beforeAll(openTensorflow);

  it('reads dense carts as their drafts found most, and keeps the usual nearest items where no other weight finds more', () => {
    let drafts = 0;
    const { easeShape, nearness, tables } = choose(dense(), (tried) => (isDraft(tried) ? ++drafts : 0));
    expect(easeShape).not.toEqual(EASE_SHAPE);
    expect(easeShape?.inflation).toBe(3);
    expect(nearness).toEqual({ ...NEARNESS.carts, source: 'carts' });
    expect(tables.source).toBe('carts');
  });

  it('keeps what drafts of sparse carts found only if it finds more beside the vectors than the usual shape', () => {
    const shapeWhere = (worth: (whole: number) => number) => {
      let [drafts, whole] = [0, 0];
      return choose(sparse(), (tried) => (isDraft(tried) ? ++drafts : worth(++whole))).easeShape;
    };
    expect(shapeWhere((whole) => -whole)?.inflation).toBe(3);
    expect(shapeWhere((whole) => whole)).toEqual(EASE_SHAPE);
  });

  it('tries no more ways of reading carts than there is time for, and says so', () => {
    let seconds = 0;
    const budget = createTimeBudget(1, () => {
      seconds += 4;
      return seconds * 1000;
    });
    let drafts = 0;
    const { easeShape } = choose({ ...dense(), budget }, (tried) => (isDraft(tried) ? -++drafts : 0));
    expect(easeShape).toBe(EASE_SHAPE);
    expect(drafts).toBeGreaterThan(0);
    expect(drafts).toBeLessThan(5);
    expect(budget.cuts).toContain('the choice of how carts are read stopped early');
  });

  it('makes no drafts where what is wanted is brief', () => {
    const trainer = dense();
    const brief = { ...trainer, settings: { ...trainer.settings, brief: true } };
    let drafts = 0;
    const { easeShape } = choose(brief, (tried) => (isDraft(tried) ? ++drafts : 0));
    expect([easeShape, drafts]).toEqual([undefined, 0]);
  });
});
