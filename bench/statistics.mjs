/** Share `p` of `values` is at most this one. @param {readonly number[]} values @param {number} p */
export function percentile(values, p) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)];
}

/** @param {readonly number[]} values */
export const summarise = (values) => ({
  runs: values.length,
  median: rounded(percentile(values, 0.5)),
  p95: rounded(percentile(values, 0.95)),
  max: rounded(Math.max(...values)),
});

export const rounded = (value) => Math.round(value * 100) / 100;
