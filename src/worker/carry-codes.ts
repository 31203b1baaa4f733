import { type TransferHandler, transferHandlers } from 'comlink';
import { type PackedError, packError } from '../core/engine/packed-error.js';

/** Teaches comlink to carry an error's `code`: its own handler sends message, name and stack. */
export function carryCodes(): void {
  const original = transferHandlers.get('throw') as TransferHandler<unknown, unknown>;
  const handler: TransferHandler<{ value: unknown }, PackedError> = {
    canHandle: original.canHandle as TransferHandler<{ value: unknown }, PackedError>['canHandle'],
    serialize: ({ value }) => [packError(value), []],
    deserialize: original.deserialize as TransferHandler<{ value: unknown }, PackedError>['deserialize'],
  };
  transferHandlers.set('throw', handler);
}
