// In: what options and the config file ask for, and the recipe that the log had chosen. Out: the settings of the fit.
import { TillsideError } from '../../core/errors.js';
import { DEFAULT_FILTERS, type SuspectFilters } from '../input/suspect-sessions.js';
import { choicesOf, overrule, type Recipe, type RecipeChoices } from '../recipe/choose-recipe.js';
import { DEFAULT_SETTINGS, type TrainSettings } from '../settings.js';
import type { TrainWishes } from './train-wishes.js';

/** Wishes by where they come from. An option goes before the config file, that before the recipe, that before the defaults. */
export interface WishSources {
  readonly option: TrainWishes;
  readonly config: TrainWishes;
}

/** All wishes as one, of which an option is the stronger. @throws {TillsideError} `usage` where they contradict each other */
export function mergeWishes({ option, config }: WishSources): TrainWishes {
  for (const { quick, epochs = 0 } of [option, config]) {
    if (quick && epochs > 0)
      throw new TillsideError('usage', `--quick fits tables only and --epochs is ${epochs}. Leave one of them out.`);
  }
  const quick = option.quick ?? (option.epochs === undefined && config.quick === true);
  const wishes = {
    ...config,
    ...option,
    quick,
    recipe: { ...config.recipe, ...option.recipe },
    filters: { ...config.filters, ...option.filters },
  };
  if (quick && wishes.trials !== undefined)
    throw new TillsideError('usage', '--quick tries nothing and --trials asks for trials. Leave one of them out.');
  return wishes;
}

/** The recipe after options and file have had their say. */
export function resolveRecipe(recipe: Recipe, { option, config }: WishSources): Recipe {
  return overrule(overrule(recipe, choicesIn(config), 'config'), choicesIn(option), 'option');
}

/** Passes of the session model are a choice between tables and models as well. */
function choicesIn({ recipe = {}, epochs, quick }: TrainWishes): Partial<RecipeChoices> {
  const chosen = withoutAbsent(recipe) as Partial<RecipeChoices>;
  if (quick === true || epochs === 0) return { ...chosen, models: 'tables' };
  return epochs === undefined ? chosen : { models: 'all', ...chosen };
}

/** What the fit gets: wishes over the recipe over the defaults. @param inherited defaults of the bundle that the fit starts from */
export function resolveSettings(recipe: Recipe, wishes: TrainWishes, inherited: Partial<TrainSettings> = {}): TrainSettings {
  const { seed, dim, units, hidden, neighbours, minSupport, refit, version } = {
    ...DEFAULT_SETTINGS,
    ...inherited,
    ...(withoutAbsent(wishes) as Partial<typeof DEFAULT_SETTINGS>),
  };
  const { maxMinutes, notAfter } = wishes;
  return {
    seed,
    dim,
    units,
    hidden,
    epochs: recipe.models.value === 'tables' ? 0 : wishes.epochs || DEFAULT_SETTINGS.epochs,
    neighbours,
    minSupport,
    refit,
    version,
    recipe: choicesOf(recipe),
    ...(wishes.quick === true && { brief: true }),
    ...(maxMinutes !== undefined && { maxMinutes }),
    ...(notAfter !== undefined && { notAfter: new Date(notAfter).toISOString() }),
  };
}

/** Thresholds of suspect sessions; undefined where all are kept. */
export function resolveFilters({ keepSuspects, filters = {} }: TrainWishes): SuspectFilters | undefined {
  return keepSuspects === true ? undefined : { ...DEFAULT_FILTERS, ...withoutAbsent(filters) };
}

function withoutAbsent(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
