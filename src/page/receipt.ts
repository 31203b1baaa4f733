/** What a requested file is for; `other` is none of tillside's files, and should never be there. */
export type RequestKind = 'script' | 'worker' | 'bundle' | 'runtime' | 'wasm' | 'sprite' | 'other';

/** One request that tillside made, as the browser's own resource timing tells of it. */
export interface ReceiptRequest {
  readonly url: string;
  /** epoch ms */
  readonly at: number;
  readonly what: RequestKind;
  /** what crossed the network, 0 from the HTTP cache; absent where the browser does not tell, as of another origin without `Timing-Allow-Origin` */
  readonly bytes?: number;
  readonly from: 'network' | 'cache';
}

/** The ways by which somebody may learn of what is shown or done, although tillside sends nothing. */
export type ChannelName = 'card-images' | 'links' | 'shop-cart' | 'shop-scripts' | 'order-attribute' | 'integrations';

export interface ReceiptChannel {
  readonly name: ChannelName;
  /** whether it can be in use on this page now */
  readonly isOn: boolean;
  /** in English, a sentence or two for a shopper: who learns what */
  readonly how: string;
  /** what of it the cart and the order carry, `tillside_arm: holdout`; `order-attribute` only, where it is on */
  readonly attribute?: string;
}

/** What a privacy officer can check against the browser's own network log. */
export interface Receipt {
  /** in the order they were made; of earlier pages the latest 200 of the worker's, until an erase */
  readonly requests: readonly ReceiptRequest[];
  /** 0: every request is a GET of a static file, and the worker that holds the behaviour gives up the network before it is asked for a slate */
  readonly behaviourBytesSent: 0;
  readonly channels: readonly ReceiptChannel[];
}
