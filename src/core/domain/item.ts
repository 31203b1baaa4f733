export type Availability = 'in_stock' | 'out_of_stock' | 'preorder' | 'backorder';

/** What the shop's offers say of an item beside its price and availability. */
export interface ItemOffer {
  /** the offered price; the page may show another, to which the regular one does not belong */
  readonly price?: number;
  /** ISO 4217 */
  readonly currency: string;
  /** what it costs when there is no offer, major units, more than `price` */
  readonly regularPrice?: number;
  /** plain text of the shop, at most 60 characters */
  readonly promotion?: string;
}

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

/** An item's facts with what the shop's offers say beside them. */
export interface OfferedFacts extends ItemFacts {
  readonly offer?: ItemOffer;
}
