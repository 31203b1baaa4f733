import { COSINES } from './baselines/create-baselines.js';
import type { MethodFigures } from './evaluate.js';
import type { EvaluationReport, Gain, ReportTable } from './evaluate-log.js';

/** A report as columns of figures: what a terminal prints and, in a few columns, what a manifest carries. */
export interface ReportSheet {
  readonly split: EvaluationReport['split'];
  readonly items: number;
  /** absent where no baseline was tuned */
  readonly tuned?: EvaluationReport['tuned'];
  /** names of the figures, e.g. `HR@10` */
  readonly columns: readonly string[];
  readonly tables: readonly SheetTable[];
}

export interface SheetTable extends Pick<ReportTable, 'protocol' | 'slice' | 'historyDays' | 'seeds' | 'queries'> {
  /** the model first; one figure a column */
  readonly methods: Readonly<Record<string, readonly number[]>>;
  /** over the best cosine and the best baseline by HR@10 */
  readonly gains: readonly Gain[];
}

type Read = (figures: MethodFigures) => number | undefined;

const FIGURES: Readonly<Record<string, Read>> = {
  'HR@4': ({ at }) => at['4']?.hr,
  'HR@5': ({ at }) => at['5']?.hr,
  'HR@10': ({ at }) => at['10']?.hr,
  'HR@20': ({ at }) => at['20']?.hr,
  'MRR@20': ({ at }) => at['20']?.mrr,
  'NDCG@10': ({ at }) => at['10']?.ndcg,
  'NDCG@20': ({ at }) => at['20']?.ndcg,
  'P@10': ({ at }) => at['10']?.precision,
  'F1@10': ({ at }) => at['10']?.f1,
  'later@10': ({ anyLater10 }) => anyLater10,
  'cover@20': ({ coverage20 }) => coverage20,
  'popular@20': ({ popularityBias20 }) => popularityBias20,
};

const ALL_COLUMNS = Object.keys(FIGURES);
/** What a manifest carries: every shopper downloads it. */
export const BRIEF_COLUMNS: readonly string[] = ['HR@4', 'HR@10', 'HR@20', 'MRR@20', 'NDCG@10'];

/** Lays out a report; figures have four decimals. */
export function toSheet(report: EvaluationReport, columns: readonly string[] = ALL_COLUMNS): ReportSheet {
  const { split, items, tuned, tables } = report;
  return { split, items, ...(tuned.length > 0 && { tuned }), columns, tables: tables.map((table) => layOut(table, columns)) };
}

function layOut(table: ReportTable, columns: readonly string[]): SheetTable {
  const { protocol, slice, historyDays, seeds, queries } = table;
  const rivals = new Set([bestBaseline(table, COSINES), bestBaseline(table)]);
  return {
    protocol,
    slice,
    historyDays,
    seeds,
    queries,
    methods: Object.fromEntries(
      table.methods.map((figures) => [figures.method, columns.map((name) => rounded(FIGURES[name]?.(figures) ?? 0))]),
    ),
    gains: table.gains
      .filter(({ over }) => rivals.has(over))
      .map(({ over, k, mean, low, high }) => ({ over, k, mean: rounded(mean), low: rounded(low), high: rounded(high) })),
  };
}

/** Which baseline is best at HR@10, among some or all. */
function bestBaseline({ methods }: ReportTable, among?: readonly string[]): string | undefined {
  const hitRate = (figures: MethodFigures | undefined) => figures?.at['10']?.hr ?? -1;
  const candidates = methods.slice(1).filter(({ method }) => among?.includes(method) ?? true);
  return candidates.reduce<MethodFigures | undefined>((best, next) => (hitRate(next) > hitRate(best) ? next : best), undefined)
    ?.method;
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
