import type { Diagnostic, ErrorCode } from '../../core/errors.js';

/** What was survived so far, once a code; a later report of a code replaces its message. */
export interface DiagnosticList {
  readonly all: readonly Diagnostic[];
  report(code: ErrorCode, message: string): void;
}

/** Creates an empty list. */
export function createDiagnosticList(): DiagnosticList {
  const byCode = new Map<ErrorCode, Diagnostic>();
  return {
    get all() {
      return [...byCode.values()];
    },
    report: (code, message) => void byCode.set(code, { code, message }),
  };
}
