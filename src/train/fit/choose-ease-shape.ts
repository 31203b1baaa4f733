import { EASE_SHAPE, type EaseShape } from './restricted-ease.js';

/** Ridges tried, in carts of mean weight: little data wants more of it. */
const RIDGES = [25, 50, 125] as const;

/**
 * Chooses how a log's carts are read: whether the order of lines says anything (an export may have sorted them), then the ridge.
 *
 * @param measure the figure, higher is better, of tables fitted with a shape on sessions before those they are measured on
 */
export function chooseEaseShape(measure: (shape: EaseShape) => number, { ridges = RIDGES as readonly number[] } = {}): EaseShape {
  const orderless = { ...EASE_SHAPE, farShare: 1, lengthPower: 0.5 };
  const figures = new Map([EASE_SHAPE, orderless].map((shape) => [shape, measure(shape)]));
  const [base = EASE_SHAPE] = [...figures.keys()].sort((a, b) => (figures.get(b) as number) - (figures.get(a) as number));
  for (const ridge of ridges) {
    const shape = { ...base, ridge };
    if (ridge !== base.ridge) figures.set(shape, measure(shape));
  }
  return [...figures.keys()].reduce((best, shape) =>
    (figures.get(shape) as number) > (figures.get(best) as number) ? shape : best,
  );
}
