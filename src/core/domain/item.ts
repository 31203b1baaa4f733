export type Availability = 'in_stock' | 'out_of_stock' | 'preorder' | 'backorder';

/** What a card shows and a rule reads about one item, from the catalogue or from the page. */
export interface ItemFacts {
  readonly itemId: string;
  readonly title?: string;
  /** unit price in major units */
  readonly price?: number;
  /** ISO 4217 */
  readonly currency?: string;
  readonly url?: string;
  readonly imageUrl?: string;
  /** levels separated by " > " */
  readonly category?: string;
  readonly brand?: string;
  readonly availability?: Availability;
  /** the item of which this one is a variant */
  readonly variantOf?: string;
  /** merchandising boost, −1, 0 or 1 */
  readonly boost?: number;
}
