/** Standard normal: the probability below `z`. @see W. J. Cody, Math. Comp. 23 (1969), by way of the complementary error function */
export function normalCdf(z: number): number {
  return z > 0 ? 1 - upperTail(z) : upperTail(-z);
}

/** The probability above a positive `z`: a series near 0, a continued fraction beyond. @see Abramowitz & Stegun 26.2.11, 26.2.14 */
function upperTail(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 3) {
    let term = z;
    let sum = z;
    for (let n = 1; n < 100; n++) {
      term *= (z * z) / (2 * n + 1);
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = 0;
  for (let n = 60; n > 0; n--) fraction = n / (z + fraction);
  return density / (z + fraction);
}

/** Standard normal: the point below which a probability lies. */
export function normalQuantile(probability: number): number {
  return bisect((z) => normalCdf(z) - probability, [-40, 40]);
}

/** How likely a chi-square of one degree of freedom is at least as large. */
export function chiSquareTail(value: number): number {
  return 2 * upperTail(Math.sqrt(Math.max(0, value)));
}

/** Finds where a rising function crosses 0. */
export function bisect(rising: (x: number) => number, [low, high]: readonly [number, number]): number {
  let [from, to] = [low, high];
  for (let step = 0; step < 200; step++) {
    const middle = (from + to) / 2;
    if (middle === from || middle === to) break;
    if (rising(middle) < 0) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}
