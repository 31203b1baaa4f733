import { integer, object, oneOf, optional, text, tryRead } from '../shape.js';
import type { StoreChange } from './store.js';

const shape = object<{ kind: StoreChange['kind']; from: string; seq?: number }>({
  kind: oneOf('appended', 'forgotten'),
  from: text(),
  seq: optional(integer(1)),
});

/** Reads what workers told each other on the broadcast channel; any script of the origin can post there, so anything odd is undefined. */
export function readChannelMessage(data: unknown): (StoreChange & { readonly from: string }) | undefined {
  return tryRead(shape, data) as ReturnType<typeof readChannelMessage>;
}
