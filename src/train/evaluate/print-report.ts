import { COSINES } from './baselines/create-baselines.js';
import type { MethodFigures } from './evaluate.js';
import { describe, type EvaluationReport, type Gain, type ReportTable } from './evaluate-log.js';

type Column = readonly [title: string, read: (figures: MethodFigures) => number | undefined];

const COLUMNS: readonly Column[] = [
  ['HR@4', ({ at }) => at['4']?.hr],
  ['HR@5', ({ at }) => at['5']?.hr],
  ['HR@10', ({ at }) => at['10']?.hr],
  ['HR@20', ({ at }) => at['20']?.hr],
  ['MRR@20', ({ at }) => at['20']?.mrr],
  ['NDCG@10', ({ at }) => at['10']?.ndcg],
  ['NDCG@20', ({ at }) => at['20']?.ndcg],
  ['P@10', ({ at }) => at['10']?.precision],
  ['F1@10', ({ at }) => at['10']?.f1],
  ['cover@20', ({ coverage20 }) => coverage20],
  ['popular@20', ({ popularityBias20 }) => popularityBias20],
];
const LATER: Column = ['later@10', ({ anyLater10 }) => anyLater10];

/** A report as a terminal shows it: one table a protocol, slice and set of seeds, with the gain over the best cosine and baseline. */
export function printReport({ split, items, tables }: EvaluationReport): string {
  const head =
    `${count(split.trainSessions)} sessions before the split, ${count(split.testSessions)} after it (${day(split.from)} to ${day(split.until)}); ` +
    `all ${count(items)} items are ranked; recall@k = HR@k (one hidden item a query)`;
  return [head, ...tables.map(printTable)].join('\n\n');
}

function printTable(table: ReportTable): string {
  const columns = table.protocol === 'growing-cart' ? [...COLUMNS, LATER] : COLUMNS;
  const seeds = `seed${table.seeds.length > 1 ? 's' : ''} ${table.seeds.join(', ')}`;
  const title = `${describe(table)} · ${table.slice} · ${count(table.queries)} queries · ${seeds}`;
  const nameWidth = Math.max(...table.methods.map(({ method }) => method.length));
  const header = ['method'.padEnd(nameWidth), ...columns.map(([name]) => name.padStart(Math.max(8, name.length)))].join(' ');
  const rows = table.methods.map((figures) =>
    [figures.method.padEnd(nameWidth), ...columns.map(([name, read]) => cell(read(figures), name))].join(' '),
  );
  return [title, header, ...rows, ...printGains(table)].join('\n');
}

function cell(value: number | undefined, name: string): string {
  return (value === undefined ? '–' : value.toFixed(4)).padStart(Math.max(8, name.length));
}

/** Which baseline is best at HR@10, among some. */
export function bestBaseline({ methods }: ReportTable, among?: readonly string[]): string | undefined {
  const candidates = methods.slice(1).filter(({ method }) => among?.includes(method) ?? true);
  return candidates.reduce<MethodFigures | undefined>(
    (best, next) => ((next.at['10']?.hr ?? 0) > (best?.at['10']?.hr ?? -1) ? next : best),
    undefined,
  )?.method;
}

function printGains(table: ReportTable): string[] {
  const rivals = new Set([bestBaseline(table, COSINES), bestBaseline(table)]);
  return table.gains.filter(({ over }) => rivals.has(over)).map(printGain);
}

function printGain({ over, k, mean, low, high }: Gain): string {
  const verdict = low > 0 ? 'better' : high < 0 ? 'worse' : 'no clear difference';
  return `HR@${k} over ${over}: ${signed(mean)}, paired 95 % ${signed(low)} to ${signed(high)}: ${verdict}`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function day(iso: string): string {
  return iso.slice(0, 10);
}
