// In: findings. Out: the table for a terminal, wrapped to its width.
import type { NamedFinding, Verdict } from './finding.js';

export interface PrintOptions {
  /** characters in a line */
  readonly columns: number;
  readonly hasColour: boolean;
}

const MARKS: Readonly<Record<Verdict, string>> = { fine: '✓', warning: '!', broken: '✗', skipped: '–' };
/** ANSI: green, yellow, red, dim. */
const COLOURS: Readonly<Record<Verdict, number>> = { fine: 32, warning: 33, broken: 31, skipped: 2 };
const NAME_WIDTH = 12;
const INDENT = ' '.repeat(NAME_WIDTH + 3);

/** A line or more a check, its remedies below it, and a sum. */
export function printFindings(findings: readonly NamedFinding[], { columns, hasColour }: PrintOptions): string {
  const paint = (text: string, verdict: Verdict): string => (hasColour ? `\x1b[${COLOURS[verdict]}m${text}\x1b[0m` : text);
  const width = Math.max(40, columns) - INDENT.length;
  const lines = findings.flatMap(({ check, verdict, seen, remedy = [] }) => {
    const [first = '', ...rest] = wrap(seen, width);
    const todo = remedy.flatMap((each) => wrap(each, width - 2).map((line, i) => `${INDENT}${i === 0 ? '→' : ' '} ${line}`));
    return [
      `${paint(MARKS[verdict], verdict)} ${check.padEnd(NAME_WIDTH)} ${first}`,
      ...rest.map((line) => INDENT + line),
      ...todo,
    ];
  });
  return [...lines, '', summary(findings)].join('\n');
}

/** Breaks at blanks; what has none, as an address, stays whole. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function summary(findings: readonly NamedFinding[]): string {
  const count = (verdict: Verdict): number => findings.filter((finding) => finding.verdict === verdict).length;
  const parts = [
    count('broken') > 0 ? `${count('broken')} broken` : 'nothing broken',
    ...(count('warning') > 0 ? [`${count('warning')} to look at`] : []),
    `${count('fine')} fine`,
    ...(count('skipped') > 0 ? [`${count('skipped')} not judged`] : []),
  ];
  return `${parts.join(', ')}.`;
}
