import { type ErrorCode, toDiagnostic } from '../core/errors.js';
import type { OnError } from './capture/capture-context.js';

/** Reports any thrown value; `fallback` is its code when it carries none. */
export function reportError(onError: OnError, error: unknown, fallback: ErrorCode = 'page-failed'): void {
  const { code, message } = toDiagnostic(error, fallback);
  onError(code, message);
}
