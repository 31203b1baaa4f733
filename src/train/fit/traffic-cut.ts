// In: a browsing log's table and how popular its rows are. Out: the edges of it that answer most, in as many bytes as are given. Node.
import { bitsOfRow, fileBytes } from '../../core/model/neighbour-encoder.js';
import type { NeighbourTable } from '../../core/model/neighbour-table.js';
import { keepEdges, longestRow } from './neighbour-builder.js';

/** Power of popularity: an edge from a row that many ask counts more, one to a row that many others lead to less. */
const TRAFFIC_POWER = 0.4;
/** Popularity of a row that nobody touched, and of what was touched long ago. */
const LEAST_POPULARITY = 0.25;
/** Shares of the edges that are tried: a finer step is a few bytes. */
const STEPS = 1024;
/** A table that leaves no more of its bytes than this is good enough. */
const SLACK = 0.002;

/**
 * Creates the function that keeps the edges that answer most, until the table, as it ships, takes no more bytes than it may: those of most of
 * their row's weight, from rows that many ask, to rows that few others lead to. The strongest edge of each row stays.
 *
 * @param popularity `[count + 1]`
 */
export function createTrafficCut(table: NeighbourTable, popularity: ArrayLike<number>): (bytes: number) => NeighbourTable {
  const worth = worthOf(table, popularity);
  const sizeFrom = createSizer(table, worth);
  const whole = sizeFrom(0);
  const rising = worth.slice().sort();
  const last = rising.length - 1;
  const leastOf = (steps: number) => rising[last - Math.floor((steps * last) / STEPS)] as number;
  return (bytes) => {
    if (whole <= bytes) return table;
    let [fits, exceeds] = [0, STEPS];
    let [least, most] = [sizeFrom(leastOf(fits)), sizeFrom(leastOf(exceeds))];
    for (let round = 0; exceeds - fits > 1 && bytes - least > SLACK * bytes; round++) {
      // In turn where a straight line would meet the bytes, and the middle, as lines alone can close in from one side.
      const share = round % 2 === 0 ? (bytes - least) / (most - least) : 0.5;
      const steps = Math.min(exceeds - 1, Math.max(fits + 1, Math.round(fits + share * (exceeds - fits))));
      const size = sizeFrom(leastOf(steps));
      if (size > bytes) [exceeds, most] = [steps, size];
      else [fits, least] = [steps, size];
    }
    const kept = leastOf(fits);
    return keepEdges(table, (_, edge) => (worth[edge] as number) >= kept);
  };
}

/** `[edges]` what each answers. */
function worthOf({ starts, rows, weights }: NeighbourTable, popularity: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const traffic = Float64Array.from(popularity, (each) => Math.max(LEAST_POPULARITY, each) ** TRAFFIC_POWER);
  const worth = new Float64Array(rows.length);
  for (let row = 1; row < starts.length - 1; row++) {
    const [begin, end] = [starts[row] as number, starts[row + 1] as number];
    let sum = 0;
    for (let e = begin; e < end; e++) sum += weights[e] as number;
    for (let e = begin; e < end; e++)
      worth[e] = ((weights[e] as number) * (traffic[row] as number)) / (sum * (traffic[rows[e] as number] as number));
    if (begin < end) worth[begin] = Number.POSITIVE_INFINITY;
  }
  return worth;
}

/** Creates the function that tells the bytes of a table's edges of so much worth, as they ship; to pack them takes ten times as long. */
function createSizer({ starts, rows }: NeighbourTable, worth: Float64Array): (least: number) => number {
  const ascending = edgesByRow({ starts, rows });
  const list = new Uint32Array(longestRow({ starts }));
  return (least) => {
    let bits = 0;
    for (let row = 1; row < starts.length - 1; row++) {
      let [size, last] = [0, 0];
      for (let i = starts[row] as number; i < (starts[row + 1] as number); i++) {
        const edge = ascending[i] as number;
        if ((worth[edge] as number) < least) continue;
        const other = rows[edge] as number;
        list[size++] = other - last - 1;
        last = other;
      }
      bits += bitsOfRow(list, size);
    }
    return fileBytes(starts.length - 2, bits);
  };
}

/** `[edges]` the edges of each row, in the order of the rows they lead to. */
function edgesByRow({ starts, rows }: Pick<NeighbourTable, 'starts' | 'rows'>): Uint32Array {
  const edges = new Uint32Array(rows.length);
  const longest = longestRow({ starts });
  const keys = new Float64Array(longest);
  for (let row = 1; row < starts.length - 1; row++) {
    const [begin, end] = [starts[row] as number, starts[row + 1] as number];
    for (let e = begin; e < end; e++) keys[e - begin] = (rows[e] as number) * longest + (e - begin);
    const sorted = keys.subarray(0, end - begin).sort();
    for (let i = 0; i < sorted.length; i++) edges[begin + i] = begin + ((sorted[i] as number) % longest);
  }
  return edges;
}
