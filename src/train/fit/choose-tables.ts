// In: fits of carts and questions that come after them. Out: how carts are read, and what vectors add to that. Node, main thread.
import type { SessionRange } from '../event-log.js';
import { fitContentVectors } from './content-vectors.js';
import { chooseEaseShape, type ShapeChoices } from './choose-ease-shape.js';
import type { RangeFit, Trainer } from './fit-range.js';
import { chooseNearness, type Nearness } from './nearness.js';
import type { EaseShape } from './restricted-ease.js';
import { type FittedTables, fitTables } from './tables.js';

/** What tables find among sessions that they have not seen; higher is better. */
export type MeasureTables = (tables: FittedTables) => number;

/** A catalogue of more items than this takes a minute a fit: fewer ways of reading its carts are tried. */
const MANY_ITEMS = 10_000;

/** Chooses how the carts of a range are read, by drafts of its tables. */
export function chooseShape(trainer: Trainer, range: SessionRange, measure: MeasureTables): EaseShape {
  const { log, catalog, settings, progress } = trainer;
  progress.note('choosing how carts are read');
  const measureShape = (easeShape: EaseShape): number =>
    measure(fitTables(log, { range, catalog, settings, progress, easeShape, isDraft: true }));
  const told: ShapeChoices = {
    hasUnits: log.quantity.some((units) => units > 1),
    hasContent: fitContentVectors(log.itemIds, catalog) !== undefined,
  };
  return chooseEaseShape(measureShape, log.itemIds.length > MANY_ITEMS ? { ...told, ridges: [] } : told);
}

/** Chooses what nearest items by vectors weigh in a fit, where there is something to choose. */
export function withBestNearness(fit: RangeFit, measure: MeasureTables): { fit: RangeFit; nearness?: Nearness } {
  const { source, withNearness } = fit.tables;
  if (source === undefined || withNearness === undefined) return { fit };
  const nearness = chooseNearness(source, (tried) => measure(withNearness(tried)));
  return { fit: { ...fit, tables: withNearness(nearness) }, nearness };
}
