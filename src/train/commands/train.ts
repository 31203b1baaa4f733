// In: a shop's log and catalogue, or a simulation. Out: a model bundle in a folder, and its figures beside the baselines.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasModels } from '../../core/model/manifest.js';
import type { PackedBundle } from '../bundle/pack-bundle.js';
import { readWarmStart, type WarmStart } from '../bundle/read-warm-start.js';
import { assertWritable, writeBundle } from '../bundle/write-bundle.js';
import { printReport } from '../evaluate/print-report.js';
import type { ReportSheet } from '../evaluate/report-sheet.js';
import type { EventLog } from '../event-log.js';
import { describeTier } from '../fit/data-tier.js';
import { printParts } from '../fit/describe-parts.js';
import { trainBundle } from '../fit/train-bundle.js';
import { trainCatalog } from '../fit/train-catalog.js';
import { describeBarePrices } from '../input/with-currency.js';
import { trainPart } from '../input/select-sessions.js';
import { createProgress, type ProgressReporter } from '../progress.js';
import { chooseRecipe, type Recipe, reasonOf, reasonsOf } from '../recipe/choose-recipe.js';
import { describeLog } from '../recipe/describe-log.js';
import { printFacts, printRecipe } from '../recipe/print-recipe.js';
import { DEFAULT_SETTINGS, sizesFor, type TrainSettings } from '../settings.js';
import { createStageMeter, printStages } from '../stage-meter.js';
import { readBundleFolder } from './bundle-folder.js';
import { type Command, required } from './options.js';
import { readConfig } from './read-config.js';
import { readCatalogFiles, readInput, type TrainInput } from './read-input.js';
import { mergeWishes, resolveFilters, resolveRecipe, resolveSettings } from './resolve-wishes.js';
import { searchSettings } from './search-settings.js';
import { readTrainOptions, TRAIN_HELP } from './train-options.js';
import type { TrainWishes } from './train-wishes.js';
import { trainingRecord } from './training-record.js';

export const train: Command = {
  name: 'train',
  summary: 'fits a model bundle from a log of orders or sessions',
  help: TRAIN_HELP,
  async run(args) {
    const startedAt = performance.now();
    const { wishes: option, config: file, simulate } = readTrainOptions(args);
    const sources = { option, config: file === undefined ? {} : await readConfig(file) };
    const wishes = mergeWishes(sources);
    const out = required('out', wishes.out);
    await assertWritable(out);
    const older = wishes.from === undefined ? undefined : await readBundleFolder(wishes.from);
    const progress = createProgress(process.stderr);
    if (!simulate && wishes.events === undefined && wishes.catalog !== undefined)
      return trainFromCatalog(wishes, older?.manifest.version, progress);
    const meter = createStageMeter(progress);
    const seed = wishes.seed ?? DEFAULT_SETTINGS.seed;
    const input = await readInput(
      { ...wishes, filters: resolveFilters(wishes), ...(simulate && { simulate: { ...simulate, seed } }) },
      meter,
    );
    noteTier(progress, input);
    // What is measured may not rest on what it is measured on: the recipe reads the first 80 %.
    const known = describeLog(trainPart(input.log));
    const recipe = resolveRecipe(chooseRecipe(known), sources);
    progress.note(`${printFacts(describeLog(input.log))}\n${printRecipe(recipe)}`);
    const settings = resolveSettings(
      recipe,
      wishes,
      older ? inheritedFrom(trainingRecord(older.manifest).settings, older.manifest.version) : sizesFor(input.log),
    );
    const { trials: count } = wishes;
    const found = count === undefined ? settings : await searchSettings({ input, wishes, out, count, settings }, meter);
    const warm = older && readWarmStart(older);
    if (warm) progress.note(describeWarmStart(warm, input.log));
    const trained = await trainBundle({ ...input, ...(warm && { warm }) }, found, meter);
    meter.done();
    const from = older && { id: older.manifest.id, version: older.manifest.version };
    const about = { recipe: reasonsOf(recipe), ...describeSource(input), ...(from && { from }) };
    await writeBundle(out, withRecord(trained, about));
    process.stdout.write(`${printReport(trained.manifest.metrics as unknown as ReportSheet)}\n\n${await listFiles(out)}\n`);
    noteEnd(progress, trained, { recipe, isQuick: wishes.quick === true });
    progress.note(printStages(meter.stages(), { ms: performance.now() - startedAt, peakMb: peakMb() }));
    return 0;
  },
};

/** Without a log, the catalogue is all that the bundle knows. */
async function trainFromCatalog(wishes: TrainWishes, before: number | undefined, progress: ProgressReporter): Promise<number> {
  const out = wishes.out as string;
  const catalog = await readCatalogFiles(wishes, progress);
  noteTier(progress, { catalog });
  progress.note(
    'without --events only --currency, --neighbours, --version, --not-after, --content-vectors and the version of --from count',
  );
  await writeBundle(
    out,
    trainCatalog(catalog, { ...DEFAULT_SETTINGS, ...(before !== undefined && { version: before + 1 }), ...present(wishes) }),
  );
  process.stdout.write(`${await listFiles(out)}\n`);
  return 0;
}

/** Says what the bundle will rest on, and what its cards lack. */
function noteTier(progress: ProgressReporter, { log, catalog }: Pick<TrainInput, 'catalog'> & Partial<TrainInput>): void {
  progress.note(describeTier(log, catalog));
  const bare = describeBarePrices(catalog);
  if (bare !== undefined) progress.note(bare);
}

/** The wishes that a fit of the catalogue alone can heed. */
function present({ neighbours, version, notAfter }: TrainWishes): Partial<TrainSettings> {
  return {
    ...(neighbours !== undefined && { neighbours }),
    ...(version !== undefined && { version }),
    ...(notAfter !== undefined && { notAfter }),
  };
}

/** What a fit takes over from the bundle that it starts from: what its weights were made for, and that it is newer. */
function inheritedFrom({ dim, units, hidden, neighbours }: TrainSettings, version: number): Partial<TrainSettings> {
  return { dim, units, hidden, neighbours, version: version + 1 };
}

function describeWarmStart({ version, items, dim, vectorOf, ranker }: WarmStart, { itemIds }: EventLog): string {
  if (dim === 0) {
    const has = ranker ? 'no item vectors: its ranker and settings are' : 'tables only, which are counted anew: its settings are';
    return `version ${version} has ${has} what there is to start from`;
  }
  const known = itemIds.filter((itemId) => vectorOf(itemId) !== undefined).length;
  const count = (value: number) => value.toLocaleString('en');
  const measured = 'what is measured starts cold where that version has seen the sessions it is measured on';
  return `starting from version ${version}, whose ${count(items)} items have vectors of ${count(known)} of the log's ${count(itemIds.length)}; ${measured}`;
}

function describeSource({ suspects }: TrainInput): { readonly suspects?: Readonly<Record<string, number>> } {
  return suspects.size === 0 ? {} : { suspects: Object.fromEntries(suspects) };
}

function withRecord({ manifest, files }: PackedBundle, about: Readonly<Record<string, unknown>>): PackedBundle {
  return { files, manifest: { ...manifest, training: { ...manifest.training, ...about } } };
}

/** Says what the bundle lacks: what time cut, and what was not asked for. */
function noteEnd(
  progress: ProgressReporter,
  { manifest }: PackedBundle,
  { recipe, isQuick }: { recipe: Recipe; isQuick: boolean },
): void {
  const parts = printParts((manifest.training.parts as Readonly<Record<string, string>> | undefined) ?? {});
  if (parts !== undefined) progress.note(parts);
  const cuts = (manifest.training.cut as readonly string[] | undefined) ?? [];
  if (cuts.length > 0) progress.note(`cut for want of time: ${cuts.join('; ')}. A larger --max-minutes does without.`);
  if (isQuick) {
    progress.note(
      'quick: neither session model nor ranker; measured on at most 1,000 questions a protocol, beside two baselines. Without --quick it has all.',
    );
  } else if (recipe.models.value === 'tables') progress.note(`tables only: ${reasonOf(recipe.models)}`);
  else if (!hasModels(manifest))
    progress.note('tables only: no ranker ordered the validation sessions better than the tables do');
}

/** Most memory that the process has held, MB. */
function peakMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

async function listFiles(folder: string): Promise<string> {
  const names = (await readdir(folder)).sort();
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  const rows = names.map((name, i) => `${String(sizes[i]).padStart(10)}  ${name}`);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return [`${folder}:`, ...rows, `${String(total).padStart(10)}  bytes in ${names.length} files`].join('\n');
}
