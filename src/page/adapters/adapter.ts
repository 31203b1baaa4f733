import type { CaptureContext } from '../capture/capture-context.js';
import type { AddOrder, CartAction, PlatformSink } from './platform-source.js';

/** How a shop speaks of its cart, and what it is asked for. */
export interface CartSource {
  /** Reports to the sink until the returned stop is called. */
  start(sink: PlatformSink): () => void;
  /**
   * Resolves when the shop has done it, with whether it can take back what it added; rejects with what kept it from that.
   *
   * @param from the element the shopper pressed; default: the document
   */
  change(action: CartAction, order: AddOrder, from?: EventTarget): Promise<boolean>;
}

export type CreateCartSource = (context: CaptureContext) => CartSource;
