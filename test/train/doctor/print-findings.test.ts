import { describe, expect, it } from 'vitest';
import type { NamedFinding } from '../../../src/train/doctor/finding.js';
import { printFindings } from '../../../src/train/doctor/print-findings.js';

const FINDINGS: readonly NamedFinding[] = [
  { check: 'page', verdict: 'fine', seen: '200' },
  {
    check: 'csp',
    verdict: 'broken',
    seen: 'worker-src refuses the worker '.repeat(5),
    remedy: ["worker-src 'self'", 'and so on'],
  },
  { check: 'worker', verdict: 'skipped', seen: 'see csp', because: 'csp' },
  { check: 'tier', verdict: 'skipped', seen: 'see csp', because: 'csp' },
  { check: 'caching', verdict: 'warning', seen: 'no Cache-Control', remedy: ['Send one.'] },
];

describe('printFindings', () => {
  it('stays within the width', () => {
    const text = printFindings(FINDINGS, { columns: 60, hasColour: false });
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
  });

  it('lists what follows from a fault in one line, and sums up', () => {
    const text = printFindings(FINDINGS, { columns: 80, hasColour: false });
    expect(text).toMatch(/^– not judged {3}worker, tier: see csp$/m);
    expect(text).toMatch(/^1 broken, 1 to look at, 1 fine, 2 not judged\.$/m);
    expect(text).toMatch(/^ +→ worker-src 'self'$/m);
  });

  it('has colour on request only', () => {
    expect(printFindings(FINDINGS, { columns: 80, hasColour: false })).not.toContain('\x1b');
    expect(printFindings(FINDINGS, { columns: 80, hasColour: true })).toContain('\x1b[31m✗\x1b[0m csp');
  });
});
