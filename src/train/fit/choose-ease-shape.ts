import { isClearGain } from './clear-gain.js';
import { EASE_SHAPE, type EaseShape } from './restricted-ease.js';

/** Ridges tried, in carts of mean weight: little data wants more of it. */
const RIDGES = [25, 60] as const;
/** Raised diagonals tried. The higher, the more a weight is what EASE makes of ever fewer others: far up it is how often one goes with the other. */
const INFLATIONS = [EASE_SHAPE.inflation, 1, 3] as const;

/** What a log and its catalogue give to choose between. */
export interface ShapeChoices {
  readonly ridges?: readonly number[];
  /** whether the log says of some line that more than one unit was bought, default true */
  readonly hasUnits?: boolean;
  /** whether the catalogue says what items are like, default true */
  readonly hasContent?: boolean;
}

/**
 * Chooses how a log's carts are read: whether the order of lines says anything (an export may have sorted them), then the ridge, whether
 * likeness counts, how many units were bought, whether older carts tell less, and how far items explain one another away. Each time the usual
 * stays unless another finds clearly more: it is what most logs were best read by.
 *
 * @param measure the figure, higher is better, of tables fitted with a shape on sessions before those they are measured on
 */
export function chooseEaseShape(
  measure: (shape: EaseShape) => number,
  { ridges = RIDGES, hasUnits = true, hasContent = true }: ShapeChoices = {},
): EaseShape {
  let best = EASE_SHAPE;
  let figure = measure(best);
  const offer = (...changes: readonly Partial<EaseShape>[]) => {
    const from = best;
    for (const change of changes) {
      const shape = { ...from, ...change };
      const found = measure(shape);
      if (isClearGain(found, figure)) [best, figure] = [shape, found];
    }
  };
  offer({ farShare: 1 }, { farShare: 1, lengthPower: 0.5 });
  offer(...ridges.filter((ridge) => ridge !== best.ridge).map((ridge) => ({ ridge })));
  if (hasContent) offer({ content: 0 });
  if (hasUnits) offer({ unitsPower: 0 });
  offer({ oldShare: 1 });
  offer(...INFLATIONS.filter((inflation) => inflation !== best.inflation).map((inflation) => ({ inflation })));
  return best;
}
