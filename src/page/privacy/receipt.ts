/** One request that the SDK made. */
export interface ReceiptRequest {
  readonly url: string;
  /** absent where the browser does not say */
  readonly bytes?: number | undefined;
  /** epoch ms */
  readonly at: number;
  /** what it was for, in words */
  readonly what: string;
  /** which part of the SDK asked */
  readonly from: string;
}

/** A way by which others may learn of a visit, though not by what is noted. */
export interface ReceiptChannel {
  readonly name: string;
  readonly isOn: boolean;
  readonly how: string;
}

/** What the SDK asked the network for on this page. */
export interface Receipt {
  readonly requests: readonly ReceiptRequest[];
  readonly behaviourBytesSent: number;
  readonly channels: readonly ReceiptChannel[];
}
