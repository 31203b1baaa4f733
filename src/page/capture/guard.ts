import { toDiagnostic } from '../../core/errors.js';
import type { OnError } from './capture-context.js';

/** Wraps a callback the browser will call, so that nothing it throws reaches the host page. */
export function guard<A extends readonly unknown[]>(callback: (...args: A) => void, onError: OnError): (...args: A) => void {
  return (...args) => {
    try {
      callback(...args);
    } catch (error) {
      const { code, message } = toDiagnostic(error, 'page-failed');
      onError(code, message);
    }
  };
}
