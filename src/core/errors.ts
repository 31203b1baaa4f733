/** Every code a tillside error or diagnostic can carry; docs/errors.md says what each means and what to do. */
export type ErrorCode =
  // what a caller did
  | 'invalid-options'
  | 'invalid-event'
  | 'invalid-request'
  | 'consent-required'
  | 'stopped'
  | 'page-required'
  // worker and RPC
  | 'worker-unavailable'
  | 'worker-timeout'
  | 'worker-lost'
  | 'worker-failed'
  | 'version-mismatch'
  // store
  | 'store-absent'
  | 'store-denied'
  | 'store-timeout'
  | 'store-lost'
  | 'store-quota'
  | 'store-newer-schema'
  | 'store-reset'
  | 'event-dropped'
  // bundle and model
  | 'bundle-unreachable'
  | 'bundle-timeout'
  | 'bundle-too-large'
  | 'bundle-expired'
  | 'bundle-rollback'
  | 'manifest-invalid'
  | 'digest-mismatch'
  | 'signature-invalid'
  | 'model-invalid'
  | 'model-incompatible'
  | 'model-nonfinite'
  | 'model-slow'
  | 'golden-mismatch'
  | 'runtime-unavailable'
  | 'id-mismatch'
  | 'offers-unreachable'
  | 'offers-invalid'
  // page
  | 'cart-action-failed'
  | 'out-of-stock'
  | 'page-failed'
  | 'source-picked'
  | 'source-conflict'
  | 'widget-failed'
  // command line
  | 'usage'
  | 'duckdb-missing'
  | 'input-missing'
  | 'input-empty'
  | 'input-invalid'
  | 'column-missing'
  | 'column-type'
  | 'catalog-duplicate'
  | 'price-invalid'
  | 'events-overlap'
  | 'output-invalid'
  | 'playwright-missing'
  | 'browser-missing'
  | 'page-unreachable';

/** The one error class of tillside. Compare `code`, never `instanceof`: the class does not survive the worker boundary. */
export class TillsideError extends Error {
  override readonly name = 'TillsideError';
  readonly code: ErrorCode;

  /** @param message what was wrong, the value seen, the remedy, in that order */
  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** Something that went wrong and was survived: reported to `onDiagnostic`, once a code, and listed in the engine's status. */
export interface Diagnostic {
  readonly code: ErrorCode;
  readonly message: string;
}

/** Reads the code of an error that may have crossed the worker boundary. */
export function codeOf(error: unknown): ErrorCode | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? (code as ErrorCode) : undefined;
}

/** Turns any thrown value into a diagnostic; `fallback` is its code when it carries none. */
export function toDiagnostic(error: unknown, fallback: ErrorCode): Diagnostic {
  const message = (error as { message?: unknown } | null | undefined)?.message ?? error;
  return { code: codeOf(error) ?? fallback, message: String(message) };
}
