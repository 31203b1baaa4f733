import { type Diagnostic, TillsideError, toDiagnostic } from '../errors.js';

/** An error as it crosses the worker boundary: comlink's own form drops `code`. */
export type PackedError = Diagnostic;

/** Packs any thrown value; its stack stays on its own side. An error without a code was not ours: `worker-failed`. */
export function packError(value: unknown): PackedError {
  return toDiagnostic(value, 'worker-failed');
}

/** Unpacks what `packError` made. */
export function unpackError({ code, message }: PackedError): TillsideError {
  return new TillsideError(code, message);
}
