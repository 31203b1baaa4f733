// In: a log and settings. Out: what they score inside the first 80 % of the sessions: fitted on 64 %, measured on the next 16 %. Node.
import type { ReportSheet } from '../evaluate/report-sheet.js';
import type { CatalogRow, EventLog } from '../event-log.js';
import { trainPart } from '../input/select-sessions.js';
import type { ProgressReporter } from '../progress.js';
import type { TrainSettings } from '../settings.js';
import { trainBundle } from './train-bundle.js';
import type { Validation } from '../trials/run-trials.js';

const SHOWN = ['HR@4', 'HR@20', 'MRR@20'];
const CHOSEN_BY = 'MRR@20';

/** Makes the function that fits and validates settings; the last 20 % of the sessions are out of its reach. */
export function createValidation(
  { log, catalog }: { readonly log: EventLog; readonly catalog: readonly CatalogRow[] },
  progress: ProgressReporter,
): (settings: TrainSettings) => Promise<Validation> {
  const head = trainPart(log);
  return async (settings) => {
    const { manifest } = await trainBundle({ log: head, catalog }, { ...settings, refit: false, brief: true }, progress);
    return toValidation(manifest.metrics as unknown as ReportSheet);
  };
}

/** The model's figures over all questions of each protocol, and the mean of what trials are chosen by. */
function toValidation({ columns, tables }: ReportSheet): Validation {
  const whole = tables.filter(({ slice }) => slice === 'all');
  const figures = whole.flatMap(({ protocol, historyDays, methods }) =>
    SHOWN.map((name) => {
      const title = `${protocol}${historyDays > 0 ? ' with history' : ''} ${name}`;
      return [title, methods.tillside?.[columns.indexOf(name)] ?? 0] as const;
    }),
  );
  const scores = figures.filter(([title]) => title.endsWith(CHOSEN_BY)).map(([, value]) => value);
  const score = scores.reduce((sum, value) => sum + value, 0) / Math.max(1, scores.length);
  return { figures: Object.fromEntries(figures), score: Math.round(score * 1e5) / 1e5 };
}
