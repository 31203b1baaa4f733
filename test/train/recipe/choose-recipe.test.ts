import { describe, expect, it } from 'vitest';
import { CANDIDATE_FEATURES } from '../../../src/core/features/feature-names.js';
import { chooseRecipe, choicesOf, constantFeaturesOf, overrule, reasonsOf } from '../../../src/train/recipe/choose-recipe.js';
import type { LogFacts } from '../../../src/train/recipe/describe-log.js';
import { printFacts, printRecipe } from '../../../src/train/recipe/print-recipe.js';

function facts(some: Partial<LogFacts> = {}): LogFacts {
  return {
    kind: 'sessions',
    events: 5000,
    sessions: 1000,
    items: 100,
    meanLength: 5,
    medianLength: 4,
    pairedSessions: 900,
    repeats: 0.25,
    visitors: 0.5,
    history: 0.2,
    types: { view_item: 0.9, add_to_cart: 0.1 },
    prices: 1,
    dwell: 0.4,
    scroll: 0,
    clock: { within: 'real', starts: 'real' },
    days: 60,
    eventsPerItem: 50,
    ...some,
  };
}
const choose = (some: Partial<LogFacts>) => choicesOf(chooseRecipe(facts(some)));

describe('chooseRecipe', () => {
  it('lets everything live that a log tells', () => {
    expect(choose({})).toEqual({
      models: 'all',
      session: 'auto',
      features: 'auto',
      table: 'cooccurrence',
      gaps: 'live',
      hour: 'live',
      weekday: 'live',
      dwell: 'live',
      history: 'live',
    });
  });

  it.each([
    ['carts are fitted by EASE', { kind: 'carts' }, { table: 'ease' }],
    ['few sessions get tables', { pairedSessions: 199 }, { models: 'tables' }],
    [
      'order lines of one time have no gaps',
      { clock: { within: 'one-time', starts: 'real' } },
      { gaps: 'constant', hour: 'live' },
    ],
    [
      'a counter has no gaps, hours or weekdays',
      { clock: { within: 'constant', starts: 'constant' } },
      { gaps: 'constant', hour: 'constant', weekday: 'constant' },
    ],
    [
      'dates have weekdays and no hours',
      { clock: { within: 'one-time', starts: 'daily' } },
      { hour: 'constant', weekday: 'live' },
    ],
    ['six days have hours and no weekdays', { days: 6 }, { hour: 'live', weekday: 'constant' }],
    ['two days have neither', { days: 2 }, { hour: 'constant', weekday: 'constant' }],
    ['dwell of a few events is left out', { dwell: 0.004 }, { dwell: 'constant' }],
    ['scroll depth alone is enough', { dwell: 0, scroll: 0.5 }, { dwell: 'live' }],
    ['without earlier purchases there is no history', { history: 0 }, { history: 'constant' }],
  ] as const)('%s', (_, some, expected) => {
    expect(choose(some)).toMatchObject(expected);
  });

  it('gives each choice a reason with the figure that decided', () => {
    expect(reasonsOf(chooseRecipe(facts({ pairedSessions: 120 })))).toMatchObject({
      models: '120 sessions of two items or more; models need 200',
      history: '20 % of the sessions follow a purchase of the same visitor',
    });
  });
});

describe('overrule', () => {
  it('puts a wish over the log and says whose it was', () => {
    const recipe = overrule(chooseRecipe(facts()), { gaps: 'constant' }, 'option');
    expect(choicesOf(recipe)).toMatchObject({ gaps: 'constant', hour: 'live' });
    expect(reasonsOf(recipe).gaps).toBe('by option, instead of live');
  });
});

describe('constantFeaturesOf', () => {
  const held = (some: Partial<LogFacts>) => CANDIDATE_FEATURES.filter(constantFeaturesOf(choose(some)));

  it('holds nothing constant where everything lives', () => {
    expect(held({})).toEqual([]);
  });

  it('holds what tells of time within a session, of both models', () => {
    const some = { clock: { within: 'one-time', starts: 'real' } } as const;
    expect(held(some)).toEqual(
      expect.arrayContaining(['sinceMutation', 'sinceLastEvent', 'itemRecency', 'sessionViews60s', 'sameBrandAdds5m']),
    );
    expect(held(some)).not.toContain('sessionViewsSession');
    expect(constantFeaturesOf(choose(some))('gap')).toBe(true);
  });

  it('holds hours, weekdays, dwell and history by their own choices', () => {
    expect(held({ clock: { within: 'real', starts: 'constant' } })).toEqual(['hourSin', 'hourCos', 'weekdaySin', 'weekdayCos']);
    expect(held({ days: 6 })).toEqual(['weekdaySin', 'weekdayCos']);
    expect(held({ history: 0 })).toEqual(['historyLift', 'historyLiftLog', 'itemOwned', 'itemOwnedRecency']);
    expect(held({ dwell: 0 })).toEqual(expect.arrayContaining(['itemDwell', 'itemScrollDepth', 'sameCategoryDwellSession']));
  });
});

describe('printRecipe', () => {
  it('is a line a choice', () => {
    const lines = printRecipe(chooseRecipe(facts())).split('\n');
    expect(lines).toHaveLength(10);
    expect(lines[2]).toMatch(/^ {2}session +auto +stays if/);
    expect(lines[4]).toMatch(/^ {2}table +cooccurrence +browsing/);
  });

  it('follows the facts, which round neither a little to nothing nor nearly all to all', () => {
    const text = printFacts(facts({ visitors: 0.001, prices: 0.9999, history: 0 }));
    expect(text).toContain('visitors < 1 %, prices > 99 %');
    expect(text).not.toContain('earlier purchases');
  });
});
