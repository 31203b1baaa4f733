/** How often an item was shown at one place, and taken. */
export interface ExposureCells {
  /** `[cells]` number of the item */
  readonly item: ArrayLike<number>;
  /** `[cells]` 0-based */
  readonly place: ArrayLike<number>;
  /** `[cells]` */
  readonly shown: ArrayLike<number>;
  readonly added: ArrayLike<number>;
}

const STEPS = 200;
const SETTLED = 1e-7;

/**
 * How often a place is looked at, as a share of the first: an add is taken to need that its place is looked at and that its item is wanted, whatever
 * the place. Only items that stood at several places tell the two apart. Poisson likelihood, solved by turns.
 *
 * @returns `[places]`, 1 first; NaN where nothing was ever taken at the first place
 * @see Richardson et al. 2007, https://doi.org/10.1145/1242572.1242643 (position model); Craswell et al. 2008, https://doi.org/10.1145/1341531.1341545
 */
export function estimateExamination(
  cells: ExposureCells,
  size: { readonly items: number; readonly places: number },
): Float64Array {
  let examined = new Float64Array(size.places).fill(1);
  const addedByItem = sumBy(cells.added, cells.item, size.items);
  const addedByPlace = sumBy(cells.added, cells.place, size.places);
  for (let step = 0; step < STEPS; step++) {
    const exposed = weigh(cells, cells.item, { by: examined, at: cells.place, size: size.items });
    const wanted = addedByItem.map((added, i) => (exposed[i] === 0 ? 0 : added / (exposed[i] as number)));
    const chances = weigh(cells, cells.place, { by: wanted, at: cells.item, size: size.places });
    const next = addedByPlace.map((added, k) => (chances[k] === 0 ? 0 : added / (chances[k] as number)));
    const first = next[0] as number;
    const scaled = next.map((share) => (first > 0 ? share / first : Number.NaN));
    const moved = scaled.reduce((most, share, k) => Math.max(most, Math.abs(share - (examined[k] as number))), 0);
    examined = scaled;
    if (!(moved > SETTLED)) break;
  }
  return examined;
}

/** Sums of values by group. @returns `[size]` */
export function sumBy(values: ArrayLike<number>, groups: ArrayLike<number>, size: number): Float64Array {
  const sums = new Float64Array(size);
  for (let i = 0; i < values.length; i++)
    sums[groups[i] as number] = (sums[groups[i] as number] as number) + (values[i] as number);
  return sums;
}

/** Adds up how often cells were shown, each times the weight of its other side. */
function weigh(
  { shown }: ExposureCells,
  groups: ArrayLike<number>,
  { by, at, size }: { readonly by: Float64Array; readonly at: ArrayLike<number>; readonly size: number },
): Float64Array {
  const sums = new Float64Array(size);
  for (let c = 0; c < shown.length; c++) {
    const group = groups[c] as number;
    sums[group] = (sums[group] as number) + (shown[c] as number) * (by[at[c] as number] as number);
  }
  return sums;
}
