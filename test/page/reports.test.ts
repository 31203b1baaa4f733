import { afterEach, expect, it, vi } from 'vitest';
import type { Diagnostic } from '../../src/core/errors.js';
import { createReports, type ReportTargets } from '../../src/page/reports.js';

afterEach(() => vi.restoreAllMocks());

function aReport(targets: Partial<ReportTargets> = {}) {
  const emitted: string[] = [];
  const emit = (type: string, { code }: Diagnostic) => emitted.push(`${type} ${code}`);
  return { emitted, report: createReports({ emit, ...targets }) };
}

it('tells each code once, errors and diagnostics apart', () => {
  const errors: string[] = [];
  const diagnostics: string[] = [];
  const { emitted, report } = aReport({
    onError: ({ code }) => errors.push(code),
    onDiagnostic: ({ code }) => diagnostics.push(code),
  });
  for (let i = 0; i < 3; i++) {
    report('invalid-event', 'a');
    report('worker-lost', 'b');
    report('bundle-unreachable', 'c');
  }
  expect(errors).toEqual(['invalid-event', 'bundle-unreachable']);
  expect(diagnostics).toEqual(['worker-lost']);
  expect(emitted).toEqual(['error invalid-event', 'diagnostic worker-lost', 'error bundle-unreachable']);
});

it('warns in the console of an error that nobody takes, and of no diagnostic', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const { report } = aReport();
  report('worker-lost', 'survived');
  report('invalid-event', 'type is 7.');
  expect(warn.mock.calls).toEqual([['tillside: type is 7. (invalid-event)']]);
});

it('survives a handler that throws', () => {
  const { emitted, report } = aReport({
    onError: () => {
      throw new Error('mine');
    },
  });
  expect(() => report('invalid-event', 'a')).not.toThrow();
  expect(emitted).toEqual(['error invalid-event']);
});
