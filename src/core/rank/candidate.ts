import type { ItemFacts } from '../domain/item.js';

/** An item with its score, as it enters the rules; what it is may be looked up when it is first asked for. */
export interface RankCandidate {
  readonly item: ItemFacts;
  /** whether it is a variant of, or named nearly the same as, something in the cart */
  readonly kin?: 'variant' | 'similar' | undefined;
  /** the same for all variants of a product; absent: it has none */
  readonly family?: number | undefined;
  /** higher is better; comparable within one slate only */
  readonly score: number;
  /** breaks ties, so that a slate is stable: lower first */
  readonly order: number;
}
