/** Share `p` of `values` is at most this one. @param {readonly number[]} values @param {number} p */
export function percentile(values, p) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1))];
}

/** @param {readonly number[]} values */
export const summarise = (values) => summariseBy(values, rounded);

/** A median of some microseconds needs more digits. @param {readonly number[]} values */
export const summariseFine = (values) => summariseBy(values, roundedFine);

const summariseBy = (values, round) => ({
  runs: values.length,
  median: round(percentile(values, 0.5)),
  p95: round(percentile(values, 0.95)),
  mean: round(values.reduce((a, b) => a + b, 0) / values.length),
  max: round(Math.max(...values)),
});

/** Of a figure that each run gives one of: the median run, the least and the most. @param {readonly number[]} values */
export const spreadOf = (values) => ({
  median: rounded(percentile(values, 0.5)),
  least: rounded(Math.min(...values)),
  most: rounded(Math.max(...values)),
});

export const rounded = (value) => Math.round(value * 100) / 100;
export const roundedFine = (value, digits = 1e4) => Math.round(value * digits) / digits;

/** A copy in an order drawn anew. @template T @param {readonly T[]} list @returns {T[]} */
export function shuffled(list) {
  const order = [...list];
  for (let i = order.length - 1; i > 0; i--) {
    const other = Math.floor(Math.random() * (i + 1));
    [order[i], order[other]] = [order[other], order[i]];
  }
  return order;
}
