import type { CartLine } from '../../core/domain/cart.js';
import { TillsideError } from '../../core/errors.js';
import { isTrackable, type Trackable } from '../capture/is-trackable.js';
import type { CartSink, CartSource } from './adapter.js';

export interface ManualSource extends CartSource {
  /**
   * Tells the whole cart, as the shop's script knows it; before the start, the last one is kept.
   *
   * @throws {TillsideError} `invalid-event`
   */
  cart(lines: readonly CartLine[]): void;
}

/** Creates the source behind `tillside.cart([...])`. */
export function createManualSource(): ManualSource {
  let sink: CartSink | undefined;
  let last: readonly CartLine[] | undefined;
  return {
    name: 'manual',
    start(to) {
      sink = to;
      if (last) sink.snapshot(last);
      return () => {
        sink = undefined;
      };
    },
    cart(lines) {
      assertTrackable({ type: 'view_cart', items: lines });
      last = lines;
      sink?.snapshot(lines);
    },
  };
}

/** @throws {TillsideError} `invalid-event` naming the field, its value and what to pass instead */
export function assertTrackable(value: unknown): asserts value is Trackable {
  isTrackable(value, (message) => {
    throw new TillsideError('invalid-event', message);
  });
}
