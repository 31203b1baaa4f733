import { beforeAll, describe, expect, it } from 'vitest';
import { type PackedBundle, readPacked } from '../../../src/train/bundle/pack-bundle.js';
import type { EventLog } from '../../../src/train/event-log.js';
import { createRandom } from '../../../src/train/fit/random.js';
import { trainBundle } from '../../../src/train/fit/train-bundle.js';
import { SILENT } from '../../../src/train/progress.js';
import { choicesOf, chooseRecipe, type RecipeChoices } from '../../../src/train/recipe/choose-recipe.js';
import { describeLog } from '../../../src/train/recipe/describe-log.js';
import { DEFAULT_SETTINGS } from '../../../src/train/settings.js';
import { aLog } from '../../support/a-log.js';

const SETTINGS = { ...DEFAULT_SETTINGS, dim: 8, units: 16, hidden: [8], epochs: 3, refit: false };

/** Carts drawn from groups of four: which group is all there is to know, and the table knows it. */
function carts(): EventLog {
  const random = createRandom(2);
  const draw = (group: number) => [...new Set(Array.from({ length: 5 }, () => `g${group}-${random.below(4)}`))];
  return aLog(Array.from({ length: 400 }, (_, i) => ({ visitor: `v${i % 50}`, events: draw(random.below(12)) })));
}

/** Visits in which items follow each other at a step of 3, 5 or 7 of 24: the last item alone does not tell which. */
function visits(): EventLog {
  return aLog(
    Array.from({ length: 1500 }, (_, i) => ({
      visitor: `v${i % 50}`,
      events: [0, 1, 2, 3].map((step) => `view_item:p${(i + (3 + 2 * (Math.floor(i / 24) % 3)) * step) % 24}`),
    })),
  );
}

function trainOn(log: EventLog, session: RecipeChoices['session']): Promise<PackedBundle> {
  const recipe = { ...choicesOf(chooseRecipe(describeLog(log))), session };
  return trainBundle({ log, catalog: [] }, { ...SETTINGS, recipe }, SILENT);
}

const partsOf = ({ manifest }: PackedBundle) => manifest.training.parts as Record<string, string>;
const rolesOf = ({ manifest }: PackedBundle) => manifest.files.map(({ role }) => role);

describe('the session model', () => {
  let left: PackedBundle;
  beforeAll(async () => {
    left = await trainOn(carts(), 'auto');
  }, 240_000);

  it('is left out with its vectors where the ranker finds as much without, and the manifest says so', () => {
    expect(partsOf(left)['session model']).toMatch(/^left out: HR@20 [+−]0\.\d{4}, MRR@20 [+−]0\.\d{4}, ± 0\.\d{4}$/);
    expect(rolesOf(left)).toEqual(['vocabulary', 'catalog', 'item-facts', 'neighbours', 'ranker-model', 'ranker-weights']);
    expect(left.manifest.items.dim).toBe(0);
    const { models } = readPacked(left);
    expect(models?.ranker).toBeDefined();
    expect(models?.session).toBeUndefined();
  });

  it('leaves its features constant: nothing untrained reaches a score', () => {
    const { behaviour, candidate, live } = left.manifest.features;
    expect(behaviour.deviation.every((spread) => spread === 0)).toBe(true);
    const isSession = (name: string) => /^(lstm|mean|lastScore)/.test(name);
    expect(candidate.names.filter((name, i) => isSession(name) && candidate.deviation[i] !== 0)).toEqual([]);
    expect(live.filter(isSession)).toEqual([]);
    expect(live).toContain('cartLift');
  });

  it('stays where that is asked for', async () => {
    const kept = await trainOn(carts(), 'on');
    expect(rolesOf(kept)).toEqual(expect.arrayContaining(['session-model', 'session-weights', 'item-table', 'ranker-model']));
    expect(partsOf(kept)).not.toHaveProperty('session model');
  }, 240_000);

  it('is not even fitted where that is asked for', async () => {
    const without = await trainOn(carts(), 'off');
    expect(rolesOf(without)).toEqual(rolesOf(left));
    expect(without.manifest.training.sessionLosses).toEqual([]);
  }, 240_000);

  it('stays where it knows what the tables cannot', async () => {
    const kept = await trainOn(visits(), 'auto');
    expect(partsOf(kept)['session model']).toMatch(/^kept: HR@20 /);
    expect(readPacked(kept).models?.session).toBeDefined();
  }, 240_000);
});
