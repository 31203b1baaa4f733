// In: a bundle and a log. Out: its figures beside every baseline on the same questions, as a table or JSON.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TillsideError } from '../../core/errors.js';
import type { Bundle } from '../../core/model/bundle.js';
import { writeBundle } from '../bundle/write-bundle.js';
import { EASE_BASELINES } from '../evaluate/baselines/all-baselines.js';
import { type EvaluationReport, evaluateLog, HISTORY_DAYS, protocolsFor } from '../evaluate/evaluate-log.js';
import { ablatedParts } from '../evaluate/ablation/bundle-parts.js';
import { createSlateAnswers } from '../evaluate/exposures/answer-slates.js';
import type { ExposedSlate } from '../evaluate/exposures/exposed-slate.js';
import { measureExposures } from '../evaluate/exposures/measure-exposures.js';
import { readExposures } from '../evaluate/exposures/read-exposures.js';
import { drawExampleCarts } from '../evaluate/html/example-carts.js';
import { toHtml } from '../evaluate/html/html-report.js';
import { makeQueries } from '../evaluate/make-queries.js';
import { printReport } from '../evaluate/print-report.js';
import { toSheet } from '../evaluate/report-sheet.js';
import { createBundleRecommender } from '../evaluate/session-recommender.js';
import { type Split, splitAfter, splitByTime } from '../evaluate/split-log.js';
import type { CatalogRow, EventLog } from '../event-log.js';
import type { Setting } from '../evaluate/tabulate.js';
import { openTensorflow } from '../fit/tensorflow.js';
import { trainBundle } from '../fit/train-bundle.js';
import { openDuckdb } from '../input/open-duckdb.js';
import { readCatalog } from '../input/read-catalog.js';
import { readEvents } from '../input/read-events.js';
import { createProgress, type ProgressReporter } from '../progress.js';
import { type OpenBundle, openBundleFolder } from './bundle-folder.js';
import { readFormats } from './read-formats.js';
import { HELP, OPTIONS, type OptionValues, toPlan } from './evaluate-options.js';
import { type Command, parseOptions, required } from './options.js';
import { printSummary } from './print-summary.js';
import { trainingRecord } from './training-record.js';

export const evaluate: Command = {
  name: 'evaluate',
  summary: 'measures a bundle beside every baseline',
  help: HELP,
  async run(args) {
    const { values } = parseOptions(args, OPTIONS);
    const plan = toPlan(values);
    const folder = required('bundle', values.bundle);
    const progress = createProgress(process.stderr);
    const open = await openBundleFolder(folder);
    const input = await readInput(values, { open, progress });
    const measured = values.retrain
      ? await retrain(open, { ...input, progress })
      : { ...open, split: splitAfter(input.log, fitEnd(open.bundle)) };
    if (measured.split.train.to === 0) {
      progress.note(
        'The file has no sessions from before the fit ended: baselines have nothing to learn from and answer nothing.',
      );
    }
    if (plan.baselines.some((name) => EASE_BASELINES.includes(name))) await openTensorflow();
    const report = measure(measured, { ...input, ...plan, ablate: values.ablate, progress });
    if (values.html !== undefined) await writeHtml(values.html, { ...measured, ...plan, log: input.log, report });
    measured.runtime?.dispose();
    process.stdout.write(`${values.json ? JSON.stringify(report, null, 2) : printReport(toSheet(report))}\n`);
    return 0;
  },
};

interface Input {
  readonly log: EventLog;
  readonly catalog: readonly CatalogRow[];
  readonly slates?: readonly ExposedSlate[];
}

interface Reading {
  readonly open: OpenBundle;
  readonly progress: ProgressReporter;
}

/** Reads the log, the catalogue and, where there is one, the file of impressions. */
async function readInput(values: OptionValues, { open, progress }: Reading): Promise<Input> {
  const connection = await openDuckdb();
  const asked = readFormats(values.format);
  const note = (text: string) => progress.note(text);
  const catalog =
    values.catalog === undefined ? catalogOf(open.bundle) : await readCatalog(connection, values.catalog, { asked, note });
  const { log, summary } = await readEvents(connection, required('events', values.events), { progress, catalog, asked });
  progress.note(printSummary(log, summary));
  const slates = values.exposures === undefined ? undefined : await readExposures(connection, values.exposures);
  connection.closeSync();
  return { log, catalog, ...(slates && { slates }) };
}

interface Measuring extends Input, ReturnType<typeof toPlan> {
  readonly ablate: boolean;
  readonly progress: ProgressReporter;
}

function measure(measured: Measured, { slates, ablate, ...plan }: Measuring): EvaluationReport {
  const { log } = plan;
  const model = createBundleRecommender(measured.bundle, measured.runtime);
  const report = evaluateLog({
    ...plan,
    protocols: plan.protocols ?? protocolsFor(log),
    tune: true,
    ...measured.split,
    model,
    ...(ablate && { partsOf: (setting: Setting) => ablatedParts(measured, setting) }),
  });
  if (slates === undefined) return report;
  // what a fit has seen cannot measure it
  const since = log.startedAt[measured.split.test.from] as number;
  const later = slates.filter(({ shownAt }) => shownAt >= since);
  if (later.length < slates.length)
    plan.progress.note(`${slates.length - later.length} slates were shown before the fit ended and are left out.`);
  const [seed = 1] = plan.seeds;
  return { ...report, exposures: measureExposures(later, createSlateAnswers(model, log, HISTORY_DAYS), seed) };
}

interface Measured extends OpenBundle {
  readonly split: Split;
}

interface RetrainInput {
  readonly log: EventLog;
  readonly catalog: readonly CatalogRow[];
  readonly progress: ProgressReporter;
}

/** Fits the first 80 % with a bundle's settings; what is measured goes through a folder, so that it is what would be published. */
async function retrain({ bundle, runtime }: OpenBundle, { log, catalog, progress }: RetrainInput): Promise<Measured> {
  runtime?.dispose();
  const { settings } = trainingRecord(bundle.manifest);
  const trained = await trainBundle({ log, catalog }, { ...settings, refit: false }, progress);
  const folder = await mkdtemp(join(tmpdir(), 'tillside-retrain-'));
  try {
    await writeBundle(folder, trained);
    return { ...(await openBundleFolder(folder)), split: splitByTime(log) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface HtmlInput extends Measured {
  readonly log: EventLog;
  readonly report: EvaluationReport;
  readonly seeds: readonly number[];
  readonly histories: readonly number[];
}

async function writeHtml(file: string, input: HtmlInput): Promise<void> {
  const { bundle, log, split, report, seeds, histories } = input;
  const [seed = 1] = seeds;
  const protocol = report.tables[0]?.protocol ?? 'masked-basket';
  const isKnown = (itemId: string) => bundle.index.rowOf(itemId) > 0;
  const queries = makeQueries(log, split.test, { protocol, seed, isKnown, historyDays: Math.max(0, ...histories) });
  const examples = drawExampleCarts(input, queries, seed);
  await writeFile(file, toHtml({ report, examples, manifest: bundle.manifest })).catch((cause: unknown) => {
    throw new TillsideError('output-invalid', `${file} could not be written: ${String(cause)}. Give --html a file.`, cause);
  });
}

function fitEnd({ manifest }: Bundle): number {
  return Date.parse(trainingRecord(manifest).until);
}

/** The catalogue as the bundle carries it; margins are not in it. */
function catalogOf({ index, factsOf }: Bundle): CatalogRow[] {
  return Array.from({ length: index.count }, (_, i) => {
    const facts = factsOf(i + 1);
    return { ...facts, title: facts.title ?? facts.itemId };
  });
}
