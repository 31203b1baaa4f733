/**
 * Finds the rows with the best scores above 0 (or above `floor`), best first, ties by row.
 *
 * @param scores `[count + 1]`, row 0 is never taken
 */
export function topRows(
  scores: Float32Array,
  size: number,
  { isBlocked, floor = 0 }: { isBlocked?: ((row: number) => boolean) | undefined; floor?: number } = {},
): number[] {
  const rows: number[] = [];
  let least = floor;
  for (let row = 1; row < scores.length; row++) {
    while (row + 4 < scores.length && areLow(scores, row, least)) row += 4;
    const score = scores[row] as number;
    if (!(score > least) || isBlocked?.(row)) continue;
    let place = rows.length < size ? rows.length : size - 1;
    while (place > 0 && (scores[rows[place - 1] as number] as number) < score) {
      rows[place] = rows[place - 1] as number;
      place--;
    }
    rows[place] = row;
    if (rows.length === size) least = scores[rows[size - 1] as number] as number;
  }
  return rows;
}

/** Whether four rows are all too low, as most are. */
function areLow(scores: Float32Array, row: number, least: number): boolean {
  return (
    (scores[row] as number) <= least &&
    (scores[row + 1] as number) <= least &&
    (scores[row + 2] as number) <= least &&
    (scores[row + 3] as number) <= least
  );
}
