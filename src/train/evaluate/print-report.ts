import { describe, type SliceLine } from './tabulate.js';
import { printAblation, printExposures, printHeadline, printReplay } from './print-sections.js';
import type { ReportSheet, SheetTable } from './report-sheet.js';
import { count, signed, verdict } from './text-table.js';

const LEAST_WIDTH = 8;

/** A report as a terminal shows it: the headline first, then one table a protocol, slice and set of seeds, with the gains over the best rivals. */
export function printReport({ split, items, tuned = [], columns, tables, ...sections }: ReportSheet): string {
  const head =
    `${count(split.trainSessions)} sessions before the split, ${count(split.testSessions)} after it (${day(split.from)} to ${day(split.until)}); ` +
    `all ${count(items)} items are ranked; one hidden item a query, so recall@k = HR@k and precision@k = HR@k / k`;
  const { headline, ablation, replay, exposures, notes = [] } = sections;
  return [
    ...(headline ? [printHeadline(headline)] : []),
    head,
    ...(notes.length > 0 ? [notes.map((note) => `note: ${note}`).join('\n')] : []),
    ...(ablation ? [printAblation(ablation)] : []),
    ...(replay ? [printReplay(replay)] : []),
    ...(exposures ? [printExposures(exposures)] : []),
    ...printTuned(tuned),
    ...tables.map((table) => printTable(table, columns)),
  ].join('\n\n');
}

/** What was chosen for each baseline, a line each. */
function printTuned(tuned: NonNullable<ReportSheet['tuned']>): string[] {
  const lines = tuned.flatMap(({ name, settings, tried, of, ndcg20 }) => {
    if (ndcg20 === undefined) return [];
    const values = Object.entries(settings).map(([key, value]) => `${key} ${value}`);
    return [`  ${name}: ${values.join(', ')}; best of ${tried} tried of ${of}, NDCG@20 ${ndcg20.toFixed(4)}`];
  });
  return lines.length === 0 ? [] : [['baselines tuned on the last fifth of the sessions before the split:', ...lines].join('\n')];
}

function printTable(table: SheetTable, columns: readonly string[]): string {
  const seeds = `seed${table.seeds.length > 1 ? 's' : ''} ${table.seeds.join(', ')}`;
  const ruledOut = table.ruledOut ? ` · ${count(table.ruledOut)} targets ruled out` : '';
  const title = `${describe(table)} · ${table.slice} · ${count(table.queries)} queries · ${seeds}${ruledOut}`;
  if (table.queries === 0) return `${title}\nno questions: no session after the split asks one`;
  const methods = Object.entries(table.methods);
  const nameWidth = Math.max(...methods.map(([name]) => name.length));
  const widths = columns.map((name) => Math.max(LEAST_WIDTH, name.length));
  const header = ['method'.padEnd(nameWidth), ...columns.map((name, i) => name.padStart(widths[i] as number))];
  const rows = methods.map(([name, figures]) => [
    name.padEnd(nameWidth),
    ...figures.map((value, i) => value.toFixed(4).padStart(widths[i] as number)),
  ]);
  return [
    title,
    ...[header, ...rows].map((cells) => cells.join(' ')),
    ...table.gains.map(printGain),
    ...printLines(table.lines),
  ].join('\n');
}

function printGain({ over, figure = 'HR', k, mean, low, high }: SheetTable['gains'][number]): string {
  return `${figure}@${k} over ${over}: ${signed(mean)}, paired 95 % ${signed(low)} to ${signed(high)}: ${verdict({ low, high })}`;
}

/** One line a slice: the model, the best baseline there, and the paired gain. */
function printLines(lines: readonly SliceLine[] = []): string[] {
  if (lines.length === 0) return [];
  const head = ['slice', 'queries', 'HR@4', 'HR@10', 'MRR@20', 'gain in HR@10 over the best baseline there'];
  const rows = lines.map(({ slice, queries, model, best, gain }) => [
    slice,
    count(queries),
    ...[model.hr4, model.hr10, model.mrr20].map((value) => value.toFixed(4)),
    `${signed(gain.mean)} (${signed(gain.low)} to ${signed(gain.high)}) over ${best.name} ${best.hr10.toFixed(4)}: ${verdict(gain)}`,
  ]);
  const pad = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(25) : i < cells.length - 1 ? cell.padStart(LEAST_WIDTH) : ` ${cell}`))
      .join(' ');
  return [head, ...rows].map(pad);
}

function day(iso: string): string {
  return iso.slice(0, 10);
}
