import { COSINES } from './baselines/create-baselines.js';
import type { Compared, MethodFigures } from './evaluate.js';
import type { EvaluationReport } from './evaluate-log.js';
import type { Gain, ReportTable, SliceLine } from './tabulate.js';

/** A report as columns of figures: what a terminal prints and, in a few columns, what a manifest carries. */
export interface ReportSheet {
  readonly split: EvaluationReport['split'];
  readonly items: number;
  /** absent where no baseline was tuned */
  readonly tuned?: EvaluationReport['tuned'];
  /** these are absent from a manifest: every shopper downloads it */
  readonly notes?: EvaluationReport['notes'];
  readonly headline?: EvaluationReport['headline'];
  readonly ablation?: EvaluationReport['ablation'];
  readonly replay?: EvaluationReport['replay'];
  readonly exposures?: EvaluationReport['exposures'];
  /** names of the figures, e.g. `HR@10` */
  readonly columns: readonly string[];
  readonly tables: readonly SheetTable[];
}

export interface SheetTable extends Pick<ReportTable, 'protocol' | 'slice' | 'historyDays' | 'seeds' | 'queries'> {
  /** the model first; one figure a column */
  readonly methods: Readonly<Record<string, readonly number[]>>;
  /** over the best cosine and the best baseline by HR@10 */
  readonly gains: readonly (Omit<Gain, 'figure'> & Partial<Gain>)[];
  /** absent from a manifest: every shopper downloads it */
  readonly ruledOut?: number;
  readonly lines?: readonly SliceLine[];
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
  'near@4': ({ looks4 }) => looks4?.nearDuplicates,
  'by words@4': ({ looks4 }) => looks4?.nearByWords,
  'by trigrams@4': ({ looks4 }) => looks4?.nearByTrigrams,
  'diverse@4': ({ looks4 }) => looks4?.diversity,
};

const ALL_COLUMNS = Object.keys(FIGURES);
/** What a manifest carries: every shopper downloads it. */
export const BRIEF_COLUMNS: readonly string[] = ['HR@4', 'HR@10', 'HR@20', 'MRR@20', 'NDCG@10'];

/** Lays out a report; figures have four decimals. Without `columns` it is all that is known; with them what a manifest carries. */
export function toSheet(report: EvaluationReport, columns?: readonly string[]): ReportSheet {
  const { split, items, tuned, tables } = report;
  const shown =
    columns ??
    ALL_COLUMNS.filter((name) => tables.some(({ methods }) => methods.some((each) => FIGURES[name]?.(each) !== undefined)));
  return {
    split,
    items,
    ...(tuned.length > 0 && { tuned }),
    ...(columns === undefined && sectionsOf(report)),
    columns: shown,
    tables: tables.map((table) => ({
      ...layOut(table, shown),
      ...(columns === undefined && { ruledOut: table.ruledOut, ...(table.lines && { lines: table.lines }) }),
    })),
  };
}

function sectionsOf({ notes, headline, ablation, replay, exposures }: EvaluationReport) {
  return {
    notes,
    ...(headline && { headline }),
    ...(ablation && { ablation }),
    ...(replay && { replay }),
    ...(exposures && { exposures }),
  };
}

function layOut(table: ReportTable, columns: readonly string[]): SheetTable {
  const { protocol, slice, historyDays, seeds, queries } = table;
  const cosine = bestBaseline(table, { figure: 'HR', k: 10 }, COSINES);
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
      .filter((gain) => gain.over === cosine || gain.over === bestBaseline(table, gain))
      .map((gain) => ({ ...gain, mean: rounded(gain.mean), low: rounded(gain.low), high: rounded(gain.high) })),
  };
}

/** Which baseline is best at a figure, among some or all: the rival is another at each figure, so that none is an easy one. */
export function bestBaseline({ methods }: ReportTable, { figure, k }: Compared, among?: readonly string[]): string | undefined {
  const read = ({ at }: MethodFigures) => (figure === 'HR' ? at[k]?.hr : at[k]?.mrr) ?? 0;
  const candidates = methods.slice(1).filter(({ method }) => among?.includes(method) ?? true);
  return candidates.sort((a, b) => read(b) - read(a))[0]?.method;
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
