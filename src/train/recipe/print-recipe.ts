import { type Recipe, reasonOf } from './choose-recipe.js';
import type { LogFacts } from './describe-log.js';

const WITHIN = {
  real: 'measured within a session',
  'one-time': 'one time for all events of a session',
  constant: 'a counter within a session',
} as const;
const STARTS = {
  real: 'sessions begin at real times',
  daily: 'sessions have a date and no hour',
  constant: 'sessions begin at constant steps',
} as const;

/** What a log is, for a terminal. */
export function printFacts(facts: LogFacts): string {
  const { kind, clock, types } = facts;
  const typed = Object.entries(types).sort(([, a], [, b]) => b - a);
  return [
    `the log: ${kind}, ${facts.meanLength.toFixed(1)} events each (median ${facts.medianLength}), ${Math.round(facts.eventsPerItem)} events an item, ${days(facts.days)}`,
    ...(kind === 'sessions' ? [line('events', typed.map(([type, share]) => `${type} ${percent(share)}`).join(', '))] : []),
    line('known', knownOf(facts)),
    line('repeats', `${percent(facts.repeats)} of the events repeat an item of their session`),
    line('clock', `${WITHIN[clock.within]}; ${STARTS[clock.starts]}`),
  ].join('\n');
}

/** A recipe, a line a choice, for a terminal. */
export function printRecipe(recipe: Recipe): string {
  const lines = Object.entries(recipe).map(([name, choice]) => line(name, `${choice.value.padEnd(14)}${reasonOf(choice)}`));
  return ['the recipe (another: --recipe NAME=VALUE, or "recipe" in the file of --config)', ...lines].join('\n');
}

function knownOf({ visitors, history, prices, dwell, scroll }: LogFacts): string {
  const shares = { visitors, 'earlier purchases': history, prices, dwell, 'scroll depth': scroll };
  const known = Object.entries(shares).filter(([, share]) => share > 0);
  return known.length === 0
    ? 'neither visitors nor prices, dwell or scroll depth'
    : known.map(([name, share]) => `${name} ${percent(share)}`).join(', ');
}

function line(name: string, text: string): string {
  return `  ${name.padEnd(9)}${text}`;
}

/** Whole per cent, but a little is not nothing and nearly all is not all. */
function percent(share: number): string {
  const value = Math.round(100 * share);
  if (value === 0 && share > 0) return '< 1 %';
  return value === 100 && share < 1 ? '> 99 %' : `${value} %`;
}

function days(value: number): string {
  return value < 10 ? `${value.toFixed(1)} days` : `${Math.round(value)} days`;
}
