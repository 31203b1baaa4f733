// In: what a log is, and what somebody wants otherwise. Out: the choices of a fit, each with its reason.
import type { LogFacts } from './describe-log.js';

/** What may be chosen, by name; the first value is the usual one. */
export const RECIPE_CHOICES = {
  /** `tables`: neither session model nor ranker */
  models: ['all', 'tables'],
  /** the session model with its item vectors; `auto`: if validation says that it earns its bytes */
  session: ['auto', 'on', 'off'],
  /** the ranker's groups of features; `auto`: without those that bring nothing on validation */
  features: ['auto', 'all'],
  /** where an item's neighbours come from */
  table: ['ease', 'cooccurrence'],
  /** whether the time between the events of a session, the hour, the weekday, dwell with scroll depth, and own purchases tell anything */
  gaps: ['live', 'constant'],
  hour: ['live', 'constant'],
  weekday: ['live', 'constant'],
  dwell: ['live', 'constant'],
  history: ['live', 'constant'],
} as const;

export type ChoiceName = keyof typeof RECIPE_CHOICES;
/** The values alone: what a fit reads. */
export type RecipeChoices = { readonly [K in ChoiceName]: (typeof RECIPE_CHOICES)[K][number] };

/** One choice and why. */
export interface RecipeChoice<T extends string = string> {
  readonly value: T;
  readonly reason: string;
  readonly by: 'log' | 'config' | 'option';
}

/** The choices of a fit, each with its reason. */
export type Recipe = { readonly [K in ChoiceName]: RecipeChoice<RecipeChoices[K]> };

/** Fewer sessions that pair items than this cannot teach a network anything that the tables do not know. */
const LEAST_FOR_MODELS = 200;
/** Below this share a value is an exception, and its absence no news. */
const LEAST_SHARE = 0.01;
/** Days before a weekday has come round often enough, and before an hour has. */
const DAYS_FOR_WEEKDAY = 28;
const DAYS_FOR_HOUR = 3;

/** Chooses a recipe by the facts of a log, never by its name. */
export function chooseRecipe(facts: LogFacts): Recipe {
  return {
    models: chooseModels(facts),
    session: byLog('auto', 'stays if the ranker finds more with it in the newest training sessions'),
    features: byLog('auto', 'the same for groups of the ranker’s features'),
    table:
      facts.kind === 'carts'
        ? byLog('ease', 'carts: every item of one speaks for every other')
        : byLog('cooccurrence', 'browsing: what is near in a session goes together'),
    ...chooseTimes(facts),
    dwell:
      Math.max(facts.dwell, facts.scroll) >= LEAST_SHARE
        ? byLog('live', `${percent(Math.max(facts.dwell, facts.scroll))} of the events carry it`)
        : byLog('constant', 'hardly any event carries it'),
    history:
      facts.history >= LEAST_SHARE
        ? byLog('live', `${percent(facts.history)} of the sessions follow a purchase of the same visitor`)
        : byLog('constant', facts.visitors === 0 ? 'visitors are unknown' : 'hardly any visitor bought before'),
  };
}

function chooseModels({ pairedSessions }: LogFacts): Recipe['models'] {
  const sessions = `${pairedSessions.toLocaleString('en')} sessions of two items or more`;
  return pairedSessions >= LEAST_FOR_MODELS
    ? byLog('all', sessions)
    : byLog('tables', `${sessions}; models need ${LEAST_FOR_MODELS}`);
}

function chooseTimes({ clock, days }: LogFacts): Pick<Recipe, 'gaps' | 'hour' | 'weekday'> {
  const gaps =
    clock.within === 'real'
      ? byLog('live', 'the times within a session were measured')
      : byLog(
          'constant',
          clock.within === 'one-time' ? 'all events of a session carry one time' : 'times go up by a constant step: a counter',
        );
  if (clock.starts === 'constant') {
    const counted = byLog('constant', 'sessions begin at constant steps: a counter');
    return { gaps, hour: counted, weekday: counted };
  }
  const short = (needed: number) =>
    byLog('constant', `${(Math.floor(10 * days) / 10).toFixed(1)} days cannot tell, it takes ${needed}`);
  const real = byLog('live', `sessions begin at real times over ${Math.round(days)} days`);
  const hour = clock.starts === 'daily' ? byLog('constant', 'all sessions begin at one time of day') : real;
  return {
    gaps,
    hour: hour.value === 'live' && days < DAYS_FOR_HOUR ? short(DAYS_FOR_HOUR) : hour,
    weekday: days < DAYS_FOR_WEEKDAY ? short(DAYS_FOR_WEEKDAY) : { ...real, reason: `${Math.round(days)} days of real dates` },
  };
}

/** Puts somebody's own choices over a recipe; the reason then says what the log would have had. */
export function overrule(recipe: Recipe, choices: Partial<RecipeChoices>, by: 'config' | 'option'): Recipe {
  const overruled = Object.entries(choices).map(([name, value]) => {
    const { value: before, reason } = recipe[name as ChoiceName];
    return [name, { value, by, reason: before === value ? reason : `instead of ${before}` }];
  });
  return { ...recipe, ...(Object.fromEntries(overruled) as Partial<Recipe>) };
}

/** The values of a recipe. */
export function choicesOf(recipe: Recipe): RecipeChoices {
  return Object.fromEntries(Object.entries(recipe).map(([name, { value }]) => [name, value])) as RecipeChoices;
}

/** Why each choice was made, in a manifest's words: short, for every shopper downloads it. */
export function reasonsOf(recipe: Recipe): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(recipe).map(([name, choice]) => [name, reasonOf(choice)]));
}

/** Who chose, where it was not the log, and why. */
export function reasonOf({ by, reason }: RecipeChoice): string {
  return by === 'log' ? reason : `by ${by}, ${reason}`;
}

/** Tells the features, of both models, that a recipe feeds as 0 though they vary. */
export function constantFeaturesOf({ gaps, hour, weekday, dwell, history }: RecipeChoices): (name: string) => boolean {
  const held = [
    ...(gaps === 'constant' ? [/(60s|5m)$/, /^since/, /^gap$/, /^itemRecency$/] : []),
    ...(hour === 'constant' ? [/^hour/] : []),
    ...(weekday === 'constant' ? [/^weekday/] : []),
    ...(dwell === 'constant' ? [/dwell/i, /scrollDepth/i] : []),
    ...(history === 'constant' ? [/^historyLift/, /^itemOwned/] : []),
  ];
  return (name) => held.some((pattern) => pattern.test(name));
}

function byLog<T extends string>(value: T, reason: string): RecipeChoice<T> {
  return { value, reason, by: 'log' };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
