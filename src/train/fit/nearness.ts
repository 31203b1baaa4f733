// In: tables of carts and questions that they had not seen. Out: what nearest items by vectors weigh in them. Node.
import { isClearGain } from './clear-gain.js';
import type { VectorSource } from './item-vectors.js';

/** What an item's nearest items by vectors weigh beside its supported edges. */
export interface Nearness {
  /** together: of browsing absolute; of carts in shares of what its counted neighbours weigh, of sparse ones of what they weigh in the mean */
  readonly share: number;
  /** power of the popularity of a nearest item that its weight grows with: learnt vectors leave popularity out */
  readonly popularityPower: number;
}

const NONE: Nearness = { share: 0, popularityPower: 0 };

/** A nearness, and the kind of vectors that it was chosen for: later fits of a log have the same. */
export interface ChosenNearness extends Nearness {
  readonly source: VectorSource;
}

/** Where nothing is chosen. Dense carts say nearly all themselves, but what is bought next is often like what was bought last. Of browsing, counted edges say what is popular. On sparse carts a share of 1.5 to 2 and a power of 0.25 to 0.4 are near-equal. */
export const NEARNESS: Readonly<Record<VectorSource, Nearness>> = {
  browsing: { share: 1, popularityPower: 0.1 },
  'sparse-carts': { share: 1.5, popularityPower: 0.25 },
  'few-sparse-carts': { share: 1, popularityPower: 0.25 },
  carts: { share: 0.25, popularityPower: 0 },
};

/** What is tried beside the usual. */
const TRIED: Readonly<Record<VectorSource, readonly Nearness[]>> = {
  browsing: [],
  'sparse-carts': [
    { share: 0.5, popularityPower: 0.25 },
    { share: 3, popularityPower: 0.25 },
    { share: 1.5, popularityPower: 0.6 },
    NONE,
  ],
  'few-sparse-carts': [{ share: 0.3, popularityPower: 0.25 }, { share: 1, popularityPower: 0.6 }, NONE],
  carts: [NONE, { share: 0.25, popularityPower: 0.5 }],
};

/**
 * Chooses a nearness.
 *
 * @param measure the figure, higher is better, of tables with one, on sessions that they had not seen
 * @returns with its figure
 */
export function chooseNearness(
  source: VectorSource,
  measure: (nearness: Nearness) => number,
): { readonly nearness: ChosenNearness; readonly figure: number } {
  let best = { nearness: { ...NEARNESS[source], source }, figure: measure(NEARNESS[source]) };
  for (const nearness of TRIED[source]) {
    const figure = measure(nearness);
    if (isClearGain(figure, best.figure)) best = { nearness: { ...nearness, source }, figure };
  }
  return best;
}
