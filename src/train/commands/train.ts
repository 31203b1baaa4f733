// In: a shop's log and catalogue, or a simulation. Out: a model bundle in a folder, and its figures beside the baselines.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TillsideError } from '../../core/errors.js';
import { writeBundle } from '../bundle/write-bundle.js';
import { printReport } from '../evaluate/print-report.js';
import type { ReportSheet } from '../evaluate/report-sheet.js';
import type { CatalogRow, EventLog } from '../event-log.js';
import { describeTier } from '../fit/data-tier.js';
import { trainBundle } from '../fit/train-bundle.js';
import { trainCatalog } from '../fit/train-catalog.js';
import { openDuckdb } from '../input/open-duckdb.js';
import { readCatalog } from '../input/read-catalog.js';
import { readContentVectors, withVectors } from '../input/read-content-vectors.js';
import { readEvents } from '../input/read-events.js';
import { createProgress, type ProgressReporter, toDuration } from '../progress.js';
import { DEFAULT_SETTINGS as DEFAULTS, type TrainSettings } from '../settings.js';
import { simulate } from '../simulate/simulate.js';
import { type Command, parseOptions, required, wholeNumber } from './options.js';
import { printSummary } from './print-summary.js';

const HELP = `tillside train --events FILE|GLOB [--catalog FILE] --out DIR
tillside train --catalog FILE --out DIR
tillside train --simulate [--sessions N] --out DIR

Fits a model bundle: static files that the SDK loads. Splits the sessions by time, measures on the last 20 %, then fits all of them.

  --events FILE      CSV, NDJSON or Parquet (.gz too): session_id, item_id, type, occurred_at (epoch ms or ISO 8601) and, where known,
                     visitor_id, quantity, price, dwell_ms, scroll_depth. A log of purchases only is read as carts.
  --catalog FILE     item_id, title, price, currency and, where known, category, brand, url, image_url, availability, margin,
                     variant_of, sku, gtin, accessories (ids), accessory_for (ids). Without --events it is all the bundle knows.
  --content-vectors FILE
                     item_id and the shop's own embeddings of pictures or texts: a list column, or a column a number
  --out DIR          a new or empty folder, or one that holds a bundle
  --seed N           (${DEFAULTS.seed})   --epochs N  (${DEFAULTS.epochs})   --dim N  (${DEFAULTS.dim})   --units N  (${DEFAULTS.units})
  --hidden LIST      hidden layers of the ranker, e.g. 32,16; none is a logistic regression (${DEFAULTS.hidden.join(',')})
  --neighbours N     most neighbours kept of an item (${DEFAULTS.neighbours})
  --min-support N    visitors that an edge of the public neighbour table needs (${DEFAULTS.minSupport})
  --max-minutes N    stop fitting early
  --no-refit         publish the fit on the first 80 %
  --version N        version of the bundle; devices refuse a lower one than they have run (${DEFAULTS.version})
  --not-after TIME   ISO 8601; the bundle expires then
  --simulate         a drawn log in which dwell and scroll decide what is added; --sessions N (8000)`;

const OPTIONS = {
  events: { type: 'string' },
  catalog: { type: 'string' },
  'content-vectors': { type: 'string' },
  out: { type: 'string' },
  simulate: { type: 'boolean', default: false },
  sessions: { type: 'string' },
  seed: { type: 'string' },
  epochs: { type: 'string' },
  dim: { type: 'string' },
  units: { type: 'string' },
  hidden: { type: 'string' },
  neighbours: { type: 'string' },
  'min-support': { type: 'string' },
  'max-minutes': { type: 'string' },
  'no-refit': { type: 'boolean', default: false },
  version: { type: 'string' },
  'not-after': { type: 'string' },
} as const;
type Values = { readonly [K in keyof typeof OPTIONS]?: string | boolean | undefined };

export const train: Command = {
  name: 'train',
  summary: 'fits a model bundle from a log of orders or sessions',
  help: HELP,
  async run(args) {
    const { values } = parseOptions(args, OPTIONS);
    const settings = toSettings(values);
    const out = required('out', values.out);
    await assertWritable(out);
    const startedAt = performance.now();
    const progress = createProgress(process.stderr);
    const { log, catalog } = values.simulate ? drawn(values.sessions, settings.seed, progress) : await read(values, progress);
    progress.note(describeTier(log, catalog));
    const trained = log ? await trainBundle({ log, catalog }, settings, progress) : trainCatalog(catalog, settings);
    progress.done();
    await writeBundle(out, trained);
    const figures = log ? `${printReport(trained.manifest.metrics as unknown as ReportSheet)}\n\n` : '';
    process.stdout.write(`${figures}${await listFiles(out)}\n`);
    progress.note(
      `done in ${toDuration(performance.now() - startedAt)}, ${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most`,
    );
    return 0;
  },
};

interface Input {
  /** absent: the catalogue is all there is */
  readonly log?: EventLog;
  readonly catalog: CatalogRow[];
}

async function read(values: Values, progress: ProgressReporter): Promise<Input> {
  const isCatalogAlone = values.events === undefined && values.catalog !== undefined;
  const events = isCatalogAlone ? '' : required('events', values.events as string | undefined);
  const connection = await openDuckdb();
  // The catalogue first: it is small, and a wrong one is known at once.
  const listed = values.catalog === undefined ? [] : await readCatalog(connection, values.catalog as string);
  const vectors = values['content-vectors'] as string | undefined;
  const catalog = vectors === undefined ? listed : withVectors(listed, await readContentVectors(connection, vectors));
  if (isCatalogAlone) {
    connection.closeSync();
    return { catalog };
  }
  const { log, summary } = await readEvents(connection, events, progress);
  connection.closeSync();
  progress.note(printSummary(log, summary));
  if (catalog.length > 0) progress.note(describeMatch(log, catalog));
  return { log, catalog };
}

function drawn(sessions: string | undefined, seed: number, progress: ProgressReporter): Input {
  const wanted = wholeNumber('sessions', sessions, { least: 100 });
  const { log, catalog } = simulate({ seed, ...(wanted !== undefined && { sessions: wanted }) });
  progress.note(printSummary(log));
  return { log, catalog: [...catalog] };
}

function describeMatch(log: EventLog, catalog: readonly CatalogRow[]): string {
  const known = new Set(catalog.map(({ itemId }) => itemId));
  const matched = log.itemIds.filter((itemId) => known.has(itemId)).length;
  return `catalog of ${catalog.length.toLocaleString('en')} items names ${matched.toLocaleString('en')} of the log's ${log.itemIds.length.toLocaleString('en')}`;
}

function toSettings(values: Values): TrainSettings {
  const number = (name: keyof Values, bounds: { least?: number; most?: number }) =>
    wholeNumber(name, values[name] as string | undefined, bounds);
  const maxMinutes = number('max-minutes', { least: 1 });
  const notAfter = values['not-after'] as string | undefined;
  if (notAfter !== undefined && !Number.isFinite(Date.parse(notAfter))) {
    throw new TillsideError('usage', `--not-after is "${notAfter}"; give an ISO 8601 time.`);
  }
  return {
    seed: number('seed', {}) ?? DEFAULTS.seed,
    epochs: number('epochs', { most: 1000 }) ?? DEFAULTS.epochs,
    dim: number('dim', { least: 4, most: 512 }) ?? DEFAULTS.dim,
    units: number('units', { least: 4, most: 512 }) ?? DEFAULTS.units,
    hidden: toHidden(values.hidden as string | undefined),
    neighbours: number('neighbours', { least: 1, most: 255 }) ?? DEFAULTS.neighbours,
    minSupport: number('min-support', { least: 1 }) ?? DEFAULTS.minSupport,
    refit: values['no-refit'] !== true,
    version: number('version', { least: 1 }) ?? DEFAULTS.version,
    ...(maxMinutes !== undefined && { maxMinutes }),
    ...(notAfter !== undefined && { notAfter: new Date(notAfter).toISOString() }),
  };
}

function toHidden(text: string | undefined): readonly number[] {
  if (text === undefined) return DEFAULTS.hidden;
  if (text === '' || text === 'none') return [];
  return text.split(',').map((part) => wholeNumber('hidden', part, { least: 1, most: 1024 }) as number);
}

/** Finds out before the fit, not after it. @throws {TillsideError} `output-invalid` */
async function assertWritable(folder: string): Promise<void> {
  const facts = await stat(folder).catch(() => undefined);
  if (facts === undefined) return;
  if (!facts.isDirectory()) throw new TillsideError('output-invalid', `${folder} is a file. Give --out a folder.`);
  const names = await readdir(folder);
  if (names.length === 0 || names.includes('manifest.json')) return;
  throw new TillsideError(
    'output-invalid',
    `${folder} holds other files (${names.slice(0, 3).join(', ')} …). Give --out a new or empty folder.`,
  );
}

async function listFiles(folder: string): Promise<string> {
  const names = (await readdir(folder)).sort();
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  const rows = names.map((name, i) => `${String(sizes[i]).padStart(10)}  ${name}`);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return [`${folder}:`, ...rows, `${String(total).padStart(10)}  bytes in ${names.length} files`].join('\n');
}
