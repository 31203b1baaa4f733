/** How raw features become a model's inputs; fitted in training, shipped in the manifest. */
export interface Normalisation {
  /** names in the order of the columns */
  readonly names: readonly string[];
  readonly mean: readonly number[];
  /** standard deviation; 0 marks a feature that had no variance in training: it is fed as 0, always */
  readonly deviation: readonly number[];
}

/** A normalised input never leaves this range, so one odd value cannot swamp a score. */
const LIMIT = 5;

/** Normalises `[rows, names.length]` in place: (x − mean) / deviation, ±5 at most, 0 for constants and for NaN. */
export function normalise(values: Float32Array, { mean, deviation }: Normalisation): Float32Array {
  const width = mean.length;
  for (let i = 0, column = 0; i < values.length; i++, column = column + 1 < width ? column + 1 : 0) {
    const spread = deviation[column] as number;
    const scaled = spread > 0 ? ((values[i] as number) - (mean[column] as number)) / spread : 0;
    values[i] = scaled > LIMIT ? LIMIT : scaled < -LIMIT ? -LIMIT : scaled || 0;
  }
  return values;
}

/** The features that vary: what an `inspect` lists as live. */
export function liveFeatures({ names, deviation }: Normalisation): string[] {
  return names.filter((_, i) => (deviation[i] as number) > 0);
}
