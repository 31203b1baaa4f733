/** How well an ordering finds the targets of held-out questions. */
export interface RankerFigures {
  readonly hr10: number;
  readonly mrr20: number;
}

/** Measures an ordering; a target that was not generated is a miss, ties rank by their mean. @param examples `target` is the place of the right candidate, −1 where there is none @param scoreOf `[candidates]` */
export function measureRanker<E extends { readonly target: number }>(
  examples: readonly E[],
  scoreOf: (example: E) => Float32Array,
): RankerFigures {
  return figuresOf(ranksOf(examples, scoreOf));
}

/** Where an ordering puts each target, 1 is first; Infinity for one that was not generated. The same parameters as of `measureRanker`. */
export function ranksOf<E extends { readonly target: number }>(
  examples: readonly E[],
  scoreOf: (example: E) => Float32Array,
): Float64Array {
  return Float64Array.from(examples, (example) => {
    if (example.target < 0) return Number.POSITIVE_INFINITY;
    const scores = scoreOf(example);
    const own = scores[example.target] as number;
    if (Number.isNaN(own)) return Number.POSITIVE_INFINITY; // no order at all is no good one
    let better = 0;
    let equal = 0;
    for (const score of scores) {
      if (score > own) better++;
      else if (score === own) equal++;
    }
    return better + (equal + 1) / 2;
  });
}

/** The figures of the ranks of all questions. */
export function figuresOf(ranks: Float64Array): RankerFigures {
  let hits = 0;
  let reciprocal = 0;
  for (const rank of ranks) {
    if (rank <= 10) hits++;
    if (rank <= 20) reciprocal += 1 / rank;
  }
  const count = Math.max(1, ranks.length);
  return { hr10: hits / count, mrr20: reciprocal / count };
}
