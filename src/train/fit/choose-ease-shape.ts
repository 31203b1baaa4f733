import { EASE_SHAPE, type EaseShape } from './restricted-ease.js';

/** Ridges tried, in carts of mean weight: little data wants more of it. */
const RIDGES = [25, 60] as const;

/**
 * Chooses how a log's carts are read: whether the order of lines says anything (an export may have sorted them), then the ridge, then
 * whether likeness counts, and how many units were bought.
 *
 * @param measure the figure, higher is better, of tables fitted with a shape on sessions before those they are measured on
 * @param options `hasUnits`: whether the log says of some line that more than one unit was bought
 */
export function chooseEaseShape(
  measure: (shape: EaseShape) => number,
  { ridges = RIDGES as readonly number[], hasUnits = true } = {},
): EaseShape {
  const figures = new Map<EaseShape, number>();
  const bestOf = (shapes: readonly EaseShape[]): EaseShape => {
    for (const shape of shapes) if (!figures.has(shape)) figures.set(shape, measure(shape));
    return shapes.reduce((best, shape) => ((figures.get(shape) as number) > (figures.get(best) as number) ? shape : best));
  };
  const order = bestOf([EASE_SHAPE, { ...EASE_SHAPE, farShare: 1, lengthPower: 0.5 }]);
  const ridge = bestOf([order, ...ridges.filter((each) => each !== order.ridge).map((each) => ({ ...order, ridge: each }))]);
  const content = bestOf([ridge, { ...ridge, content: 0 }]);
  return hasUnits ? bestOf([content, { ...content, unitsPower: 0 }]) : content;
}
