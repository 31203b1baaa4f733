import { type ErrorCode, toDiagnostic } from '../core/errors.js';
import type { OnError } from './capture/capture-context.js';

/** Reports any thrown value; `fallback` is its code when it carries none. What was stopped meanwhile has nothing to tell. */
export function reportError(onError: OnError, error: unknown, fallback: ErrorCode = 'page-failed'): void {
  const { code, message } = toDiagnostic(error, fallback);
  if (code !== 'stopped') onError(code, message);
}
