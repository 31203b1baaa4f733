/** One line of the shopper's cart. */
export interface CartLine {
  readonly itemId: string;
  /** whole units, ≥ 1 */
  readonly quantity: number;
  /** unit price in major units */
  readonly price?: number;
  /** ISO 4217 */
  readonly currency?: string;
}
