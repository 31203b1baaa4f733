import { BASELINE_NAMES } from '../evaluate/baselines/all-baselines.js';
import { MEASURED_HISTORIES } from '../evaluate/evaluate-log.js';
import { PROTOCOLS } from '../evaluate/query.js';
import { oneOf, type parseOptions, wholeNumber } from './options.js';

/** What `--help` prints. */
export const HELP = `tillside evaluate --bundle DIR --events FILE|GLOB [--retrain] [--ablate] [--json]

Measures a bundle beside every baseline on the same questions, ranking the full catalogue. Only sessions that began after the bundle's fit
ended are used; baselines are fitted on the earlier sessions of the same file. --retrain repeats the 80/20 protocol instead: it fits
the first 80 % of the sessions with the bundle's settings and measures on the rest.

  --protocol LIST      of ${PROTOCOLS.join(', ')} (what suits the log)
  --history LIST       days of own purchases that a device remembers, each measured beside none (${MEASURED_HISTORIES.join(',')}; 0 leaves them out)
  --baselines LIST     all, or of ${BASELINE_NAMES.join(', ')} (all)
  --seed N             of the masks and intervals (1)
  --seeds N            several masks, from --seed on, each and pooled (1)
  --max-queries N      a seeded sample of the questions (all)
  --retrain            fit the first 80 % again
  --ablate             also switches each part of the model off in turn, and says what it brings and what it weighs
  --exposures FILE     slates that a shop has shown: slate_id, item_id, position (1 = first), shown_at, added (0 or 1) and, where known,
                       session_id, visitor_id, cart (item ids parted by |), propensity: add rates by place, and what ours would have done
  --catalog FILE       for --retrain, where it is not the bundle's own
  --format LIST        whose exports the files are, as for train (found out)
  --html FILE          the report as one page with plots and example carts, for the people who run the shop
  --json               the report as JSON on standard output`;

/** For `parseOptions`. */
export const OPTIONS = {
  bundle: { type: 'string' },
  events: { type: 'string' },
  catalog: { type: 'string' },
  format: { type: 'string' },
  protocol: { type: 'string' },
  baselines: { type: 'string' },
  history: { type: 'string' },
  seed: { type: 'string' },
  seeds: { type: 'string' },
  'max-queries': { type: 'string' },
  retrain: { type: 'boolean', default: false },
  ablate: { type: 'boolean', default: false },
  exposures: { type: 'string' },
  html: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

export type OptionValues = ReturnType<typeof parseOptions<typeof OPTIONS>>['values'];

/** Reads what to measure. @throws {TillsideError} `usage` */
export function toPlan(values: OptionValues) {
  const text = (name: keyof typeof OPTIONS) => values[name] as string | undefined;
  const seed = wholeNumber('seed', text('seed')) ?? 1;
  const rounds = wholeNumber('seeds', text('seeds'), { least: 1, most: 100 }) ?? 1;
  const maxQueries = wholeNumber('max-queries', text('max-queries'), { least: 1 });
  const list = <T extends string>(name: keyof typeof OPTIONS, allowed: readonly T[]): T[] | undefined =>
    text(name)
      ?.split(',')
      .map((each) => oneOf(name, each.trim(), allowed));
  const baselines = text('baselines') === 'all' ? BASELINE_NAMES : (list('baselines', BASELINE_NAMES) ?? BASELINE_NAMES);
  return {
    seeds: Array.from({ length: rounds }, (_, i) => seed + i),
    histories:
      text('history')
        ?.split(',')
        .map((each) => wholeNumber('history', each, { most: 3660 }) ?? 0) ?? MEASURED_HISTORIES,
    ...(maxQueries !== undefined && { maxQueries }),
    protocols: list('protocol', PROTOCOLS),
    baselines,
  };
}
