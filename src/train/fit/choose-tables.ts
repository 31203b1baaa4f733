// In: fits of carts and questions that come after them. Out: how carts are read, and what vectors add to that. Node, main thread.
import type { SessionRange } from '../event-log.js';
import { chooseEaseShape, type ShapeChoices } from './choose-ease-shape.js';
import { fitTablesOf, type Trainer } from './fit-range.js';
import { isSparse } from './item-vectors.js';
import { chooseNearness, type ChosenNearness } from './nearness.js';
import { type RangeReading, readRange } from './range-reading.js';
import { EASE_SHAPE, type EaseShape } from './restricted-ease.js';
import { type FittedTables, fitTables } from './tables.js';

/** What tables find among sessions that they have not seen; higher is better. */
export type MeasureTables = (tables: FittedTables) => number;

/** A catalogue of more items than this takes a minute a fit: fewer ways of reading its carts are tried. */
const MANY_ITEMS = 10_000;

/** Share of the time in which ways of reading carts are tried, and what has to be left to fit sparse ones twice. */
const CHOICE_SHARE = 0.2;
const LEAST_LEFT = 0.6;

/** Tables of a range, and what was chosen for them. */
export interface ChosenTables {
  readonly tables: FittedTables;
  readonly easeShape?: EaseShape | undefined;
  readonly nearness?: ChosenNearness | undefined;
}

/** Fits the tables of a range as they find most among the sessions after it: how carts are read, and what vectors add to that. */
export function chooseTables(trainer: Trainer, range: SessionRange, measure: MeasureTables): ChosenTables {
  const { recipe, brief } = trainer.settings;
  const reading = readRange(trainer.log, range, trainer.catalog);
  const easeShape = recipe?.table === 'ease' && !brief ? chooseShape(trainer, { range, reading }, measure) : undefined;
  const fitShape = (shape: EaseShape | undefined) =>
    withBestNearness(fitTablesOf({ ...trainer, easeShape: shape }, range, { reading }), measure);
  const chosen = { ...fitShape(easeShape), easeShape };
  if (!isSparse(chosen.tables.source) || easeShape === undefined || easeShape === EASE_SHAPE) return chosen;
  // Drafts are without the vectors that carry sparse carts: beside those the usual shape may find more.
  if (trainer.budget.left() < LEAST_LEFT) {
    trainer.budget.cut('how carts are read was not tried with vectors');
    return chosen;
  }
  const usual = { ...fitShape(EASE_SHAPE), easeShape: EASE_SHAPE };
  return usual.figure > chosen.figure ? usual : chosen;
}

/** Chooses how the carts of a range are read, by drafts of its tables. */
function chooseShape(trainer: Trainer, of: { range: SessionRange; reading: RangeReading }, measure: MeasureTables): EaseShape {
  const { log, catalog, settings, progress, budget } = trainer;
  progress.note('choosing how carts are read');
  const isTimeUp = budget.deadline('the choice of how carts are read', CHOICE_SHARE);
  // What is not tried in time is not better.
  const measureShape = (easeShape: EaseShape): number =>
    isTimeUp() ? -1 : measure(fitTables(log, { ...of, catalog, settings, progress, easeShape, isDraft: true }));
  const told: ShapeChoices = {
    hasUnits: log.quantity.some((units) => units > 1),
    hasContent: of.reading.vectors !== undefined,
  };
  return chooseEaseShape(measureShape, log.itemIds.length > MANY_ITEMS ? { ...told, ridges: [] } : told);
}

/** Chooses what nearest items by vectors weigh in fitted tables, where there is something to choose. */
function withBestNearness(
  tables: FittedTables,
  measure: MeasureTables,
): { tables: FittedTables; nearness?: ChosenNearness; figure: number } {
  const { source, withNearness } = tables;
  if (source === undefined || withNearness === undefined) return { tables, figure: 0 };
  const { nearness, figure } = chooseNearness(source, (tried) => measure(withNearness(tried)));
  return { tables: { ...withNearness(nearness), source }, nearness, figure };
}
