import { codeOf, type ErrorCode, TillsideError } from '../errors.js';

/** An error as it crosses the worker boundary: comlink's own form drops `code`. */
export interface PackedError {
  readonly code: ErrorCode | undefined;
  readonly message: string;
}

/** Packs any thrown value; its stack stays on its own side. */
export function packError(value: unknown): PackedError {
  const message = (value as { message?: unknown } | null | undefined)?.message;
  return { code: codeOf(value), message: typeof message === 'string' ? message : String(value) };
}

/** Unpacks what `packError` made; an error without a code was not ours: `worker-failed`. */
export function unpackError({ code, message }: PackedError): TillsideError {
  return new TillsideError(code ?? 'worker-failed', message);
}
