// In: the arguments of `tillside train`. Out: what is asked for, checked one by one. Numbers have the bounds of the config file.
import { TillsideError } from '../../core/errors.js';
import { CURRENCY } from '../../core/offers/offers-file.js';
import { type ChoiceName, RECIPE_CHOICES, type RecipeChoices } from '../recipe/choose-recipe.js';
import { DEFAULT_SETTINGS as DEFAULTS } from '../settings.js';
import { PLATFORMS } from '../input/platforms/export-formats.js';
import { oneOf, parseOptions, wholeNumber } from './options.js';
import { readFormats } from './read-formats.js';
import { HIDDEN, NUMBERS, type NumberName, type TrainWishes } from './train-wishes.js';

export const TRAIN_HELP = `tillside train --events FILE|GLOB [--catalog FILE] --out DIR
tillside train --catalog FILE --out DIR
tillside train --simulate [--sessions N] --out DIR

Fits a model bundle: static files that the SDK loads. Finds out what the log is, chooses a recipe and says why, splits the sessions by
time, measures on the last 20 %, then fits all of them.

  --events FILE      CSV, NDJSON or Parquet (.gz too): session_id, item_id, type, occurred_at (epoch ms or s, ISO 8601) and, where known,
                     visitor_id, quantity, price, dwell_ms, scroll_depth. A log of purchases only is read as carts.
                     Or, as it is: Shopify's or WooCommerce's orders, GA4's events from BigQuery.
  --catalog FILE     item_id, title, price, currency and, where known, category, brand, url, image_url, availability, margin,
                     variant_of, sku, gtin, accessories (ids), accessory_for (ids). Without --events it is all the bundle knows.
                     Or, as it is: Shopify's or WooCommerce's products, a Google Merchant feed.
  --currency CODE    of prices that name none (ISO 4217); a platform's orders beside the catalogue name theirs
  --format LIST      whose exports they are, where that is not found out: ${PLATFORMS.join(', ')}
  --content-vectors FILE
                     item_id and the shop's own embeddings of pictures or texts: a list column, or a column a number
  --out DIR          a new or empty folder, or one that holds a bundle
  --config FILE      JSON: any of these options by its name in camel case, "recipe" and "filters"; an option goes before it

how much
  --quick            tables only, measured briefly: under a minute for most shops
  --max-minutes N    stop fitting early; what was cut is said
  --no-refit         publish the fit on the first 80 %
  --trials N         try N settings on the first 80 %, then train with the best; Ctrl-C stops, the same command goes on
  --trials-log FILE  where trials are written (trials.ndjson beside --out), with a page of plots beside it
  --from DIR         start from an older bundle: its item vectors, its models where they fit, its version + 1

what
  --seed N           of every draw (${DEFAULTS.seed})
  --epochs N         passes of the session model; 0 is tables only (${DEFAULTS.epochs})
  --dim N            width of the item vectors (${DEFAULTS.dim}; carts 16)
  --units N          of the session model (${DEFAULTS.units}; carts 16)
  --hidden LIST      hidden layers of the ranker, e.g. 32,16; none is a logistic regression (${DEFAULTS.hidden.join(',')})
  --neighbours N     most neighbours kept of an item (${DEFAULTS.neighbours}; carts 32, of fewer than 1,000 items 64)
  --min-support N    visitors that an edge of the public neighbour table needs (${DEFAULTS.minSupport})
  --recipe LIST      another choice than the log's, e.g. gaps=constant,table=cooccurrence:
${Object.entries(RECIPE_CHOICES)
  .map(([name, values]) => `                     ${name.padEnd(8)} ${values.join(' | ')}`)
  .join('\n')}
  --keep-suspects    keep sessions that look like bots or fake orders; "filters" in the config file sets what does
  --version N        version of the bundle; devices refuse a lower one than they have run (${DEFAULTS.version})
  --not-after TIME   ISO 8601; the bundle expires then
  --simulate         a drawn log in which dwell and scroll decide what is added; --sessions N (8000)`;

const OPTIONS = {
  events: { type: 'string' },
  catalog: { type: 'string' },
  currency: { type: 'string' },
  format: { type: 'string' },
  'content-vectors': { type: 'string' },
  out: { type: 'string' },
  config: { type: 'string' },
  from: { type: 'string' },
  simulate: { type: 'boolean', default: false },
  sessions: { type: 'string' },
  quick: { type: 'boolean' },
  seed: { type: 'string' },
  epochs: { type: 'string' },
  dim: { type: 'string' },
  units: { type: 'string' },
  hidden: { type: 'string' },
  neighbours: { type: 'string' },
  'min-support': { type: 'string' },
  'max-minutes': { type: 'string' },
  'no-refit': { type: 'boolean' },
  trials: { type: 'string' },
  'trials-log': { type: 'string' },
  recipe: { type: 'string' },
  'keep-suspects': { type: 'boolean' },
  version: { type: 'string' },
  'not-after': { type: 'string' },
} as const;

/** What the options ask for. */
export interface TrainOptions {
  readonly wishes: TrainWishes;
  readonly config: string | undefined;
  /** sessions of a drawn log; absent: a log is read */
  readonly simulate?: { readonly sessions?: number };
}

/** Reads the arguments of `tillside train`. @throws {TillsideError} `usage` */
export function readTrainOptions(args: readonly string[]): TrainOptions {
  const { values } = parseOptions(args, OPTIONS);
  const sessions = wholeNumber('sessions', values.sessions, { least: 100 });
  const texts = { ...values, trialsLog: values['trials-log'], contentVectors: values['content-vectors'] };
  const notAfter = values['not-after'];
  if (notAfter !== undefined && !Number.isFinite(Date.parse(notAfter))) {
    throw new TillsideError('usage', `--not-after is "${notAfter}"; give an ISO 8601 time.`);
  }
  const { currency } = values;
  if (currency !== undefined && !CURRENCY.test(currency))
    throw new TillsideError('usage', `--currency is "${currency}"; give an ISO 4217 code, such as EUR.`);
  const { events, catalog, contentVectors, out, from, trialsLog, hidden, recipe } = texts;
  const wishes: TrainWishes = {
    ...present({ events, catalog, currency, contentVectors, out, from, trialsLog, notAfter }),
    ...(values.format !== undefined && { format: readFormats(values.format) }),
    ...readNumbers(values),
    ...(hidden !== undefined && { hidden: readHidden(hidden) }),
    ...(recipe !== undefined && { recipe: readRecipe(recipe) }),
    ...(values.quick && { quick: true }),
    ...(values['no-refit'] && { refit: false }),
    ...(values['keep-suspects'] && { keepSuspects: true }),
  };
  return {
    wishes,
    config: values.config,
    ...(values.simulate && { simulate: sessions === undefined ? {} : { sessions } }),
  };
}

function present(texts: Readonly<Record<string, string | undefined>>): Partial<TrainWishes> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined));
}

function readNumbers(values: Readonly<Record<string, unknown>>): Partial<Record<NumberName, number>> {
  const read = Object.entries(NUMBERS).map(([name, bounds]) => {
    const option = name.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);
    return [name, wholeNumber(option, values[option] as string | undefined, bounds)] as const;
  });
  return Object.fromEntries(read.filter(([, value]) => value !== undefined));
}

function readHidden(text: string): number[] {
  if (text === '' || text === 'none') return [];
  return text.split(',').map((part) => wholeNumber('hidden', part, HIDDEN) as number);
}

function readRecipe(text: string): Partial<RecipeChoices> {
  const named = text.split(',').map((part) => {
    const [name = '', value = ''] = part.split('=');
    const choice = oneOf('recipe', name.trim(), Object.keys(RECIPE_CHOICES) as ChoiceName[]);
    return [choice, oneOf(`recipe ${choice}`, value.trim(), RECIPE_CHOICES[choice])] as const;
  });
  return Object.fromEntries(named);
}
