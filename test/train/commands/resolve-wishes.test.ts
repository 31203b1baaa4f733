import { describe, expect, it } from 'vitest';
import { mergeWishes, resolveFilters, resolveRecipe, resolveSettings } from '../../../src/train/commands/resolve-wishes.js';
import type { TrainWishes } from '../../../src/train/commands/train-wishes.js';
import { DEFAULT_FILTERS } from '../../../src/train/input/suspect-sessions.js';
import { chooseRecipe } from '../../../src/train/recipe/choose-recipe.js';
import { describeLog } from '../../../src/train/recipe/describe-log.js';
import { DEFAULT_SETTINGS, type TrainSettings } from '../../../src/train/settings.js';
import { aLog } from '../../support/a-log.js';

/** What 300 carts would be fitted with. */
function resolve(option: TrainWishes, config: TrainWishes = {}, inherited: Partial<TrainSettings> = {}) {
  const log = aLog(Array.from({ length: 300 }, () => ({ events: ['a', 'b'] })));
  const recipe = resolveRecipe(chooseRecipe(describeLog(log)), { option, config });
  return resolveSettings(recipe, mergeWishes({ option, config }), inherited);
}

describe('resolveSettings', () => {
  it('is the defaults and the recipe where nothing is asked for', () => {
    const { recipe, ...settings } = resolve({});
    expect(settings).toEqual(DEFAULT_SETTINGS);
    expect(recipe).toMatchObject({ models: 'all', table: 'ease', gaps: 'constant' });
  });

  it('puts an option over the file, the file over the older bundle, and that over the defaults', () => {
    const settings = resolve({ dim: 16 }, { dim: 24, units: 48 }, { dim: 64, units: 96, neighbours: 11 });
    expect(settings).toMatchObject({ dim: 16, units: 48, neighbours: 11, seed: DEFAULT_SETTINGS.seed });
  });

  it('puts choices of an option over the file and both over the log', () => {
    const { recipe } = resolve({ recipe: { table: 'cooccurrence' } }, { recipe: { table: 'ease', gaps: 'live' } });
    expect(recipe).toMatchObject({ table: 'cooccurrence', gaps: 'live', hour: 'constant' });
  });

  it('takes epochs and models for one choice', () => {
    expect(resolve({ epochs: 0 })).toMatchObject({ epochs: 0, recipe: { models: 'tables' } });
    expect(resolve({ recipe: { models: 'tables' } })).toMatchObject({ epochs: 0 });
    expect(resolve({ epochs: 3 }, { quick: true })).toMatchObject({ epochs: 3, recipe: { models: 'all' } });
    expect(resolve({ epochs: 3 }, { quick: true })).not.toHaveProperty('brief');
    expect(resolve({ quick: true }, { epochs: 9 })).toMatchObject({ epochs: 0, brief: true });
    expect(resolve({ recipe: { models: 'all' } }, { epochs: 0 })).toMatchObject({ epochs: DEFAULT_SETTINGS.epochs });
  });

  it('refuses wishes that contradict each other', () => {
    expect(() => resolve({ quick: true, epochs: 3 })).toThrow('Leave one of them out');
    expect(() => resolve({ quick: true, trials: 3 })).toThrow('Leave one of them out');
  });

  it('writes a time as ISO 8601', () => {
    expect(resolve({ notAfter: '2027-01-01' }).notAfter).toBe('2027-01-01T00:00:00.000Z');
  });
});

describe('resolveFilters', () => {
  it('changes the thresholds asked for, and drops none where all are kept', () => {
    expect(resolveFilters({ filters: { leastEvents: 7 } })).toEqual({ ...DEFAULT_FILTERS, leastEvents: 7 });
    expect(resolveFilters({ keepSuspects: true, filters: { leastEvents: 7 } })).toBeUndefined();
  });
});
