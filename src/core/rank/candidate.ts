import type { ItemFacts } from '../domain/item.js';

/** An item with its score, as it enters the rules. */
export interface RankCandidate {
  readonly item: ItemFacts;
  /** the item of which this is a variant, itself when it is none */
  readonly family: string;
  /** higher is better; comparable within one slate only */
  readonly score: number;
  /** breaks ties, so that a slate is stable: lower first */
  readonly order: number;
}
