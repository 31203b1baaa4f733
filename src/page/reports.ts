import type { Diagnostic } from '../core/errors.js';
import type { OnError } from './capture/capture-context.js';

/** What a shop's developer can mend on the page. All else was survived, and is a diagnostic. */
const ERRORS = /^(invalid|cart-action|page|widget|id-mismatch|bundle-unreachable|manifest)/;

type OnProblem = ((problem: Diagnostic) => void) | undefined;

export interface ReportTargets {
  readonly onError?: OnProblem;
  readonly onDiagnostic?: OnProblem;
  emit?(type: 'error' | 'diagnostic', problem: Diagnostic): void;
}

/** Creates the one place where problems go: each code once, an error nobody listens to as a warning in the console. It never throws. */
export function createReports({ onError = warn, onDiagnostic, emit }: ReportTargets): OnError {
  const told = new Set<string>();
  return (code, message) => {
    if (told.has(code)) return;
    told.add(code);
    const isError = ERRORS.test(code);
    try {
      (isError ? onError : onDiagnostic)?.({ code, message });
    } catch {
      // The shop's own handler failed: telling it of that would fail again.
    }
    emit?.(isError ? 'error' : 'diagnostic', { code, message });
  };
}

/** Writes a problem to the console, as the last resort. */
export function warn({ code, message }: Diagnostic): void {
  // biome-ignore lint/suspicious/noConsole: nobody else listens, and a shop's developer has to see it
  console.warn(`tillside: ${message} (${code})`);
}
