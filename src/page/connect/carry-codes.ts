import { type TransferHandler, transferHandlers } from 'comlink';
import { type PackedError, unpackError } from '../../core/engine/packed-error.js';

/** Teaches comlink to read the errors of our worker, which carry a `code`. */
export function carryCodes(): void {
  const original = transferHandlers.get('throw') as TransferHandler<unknown, unknown>;
  transferHandlers.set('throw', {
    ...original,
    deserialize(packed: unknown) {
      throw unpackError(packed as PackedError);
    },
  });
}
