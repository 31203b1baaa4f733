/** A slate that a shop has shown, and what was taken from it. */
export interface ExposedSlate {
  readonly slateId: string;
  /** the unit of the bootstrap: what one shopper does in one visit hangs together */
  readonly sessionId: string;
  /** epoch ms */
  readonly shownAt: number;
  /** item ids in the cart when it was shown; absent where the file does not say */
  readonly cart?: readonly string[];
  readonly places: readonly ExposedItem[];
}

export interface ExposedItem {
  readonly itemId: string;
  /** 1-based */
  readonly position: number;
  readonly isAdded: boolean;
  /** chance that the shop's own method put this item on this slate, 0–1; absent where the file does not say */
  readonly propensity?: number;
}
