/** A visitor's events separated by no more than this belong to one session. Source: GA4's session timeout. */
export const SESSION_GAP_MS = 30 * 60_000;

/** An item the shopper bought on this device, kept apart from the events and longer. */
export interface OwnPurchase {
  readonly itemId: string;
  /** days since the epoch, UTC: no finer time is kept */
  readonly day: number;
}
