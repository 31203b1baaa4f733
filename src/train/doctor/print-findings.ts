// In: findings. Out: the table for a terminal, wrapped to its width.
import { CHECK_NAMES, type NamedFinding, type Verdict } from './finding.js';

export interface PrintOptions {
  /** characters in a line */
  readonly columns: number;
  readonly hasColour: boolean;
}

const MARKS: Readonly<Record<Verdict, string>> = { fine: '✓', warning: '!', broken: '✗', skipped: '–' };
/** ANSI: green, yellow, red, dim. */
const COLOURS: Readonly<Record<Verdict, number>> = { fine: 32, warning: 33, broken: 31, skipped: 2 };
const NAME_WIDTH = 12;
const MIN_COLUMNS = 40;
const INDENT = ' '.repeat(NAME_WIDTH + 3);

/** A line or more a check, its remedies below it, what could not be judged in one line, and a sum. */
export function printFindings(findings: readonly NamedFinding[], { columns, hasColour }: PrintOptions): string {
  const width = Math.max(MIN_COLUMNS, columns) - INDENT.length;
  const row = (verdict: Verdict, name: string, text: string): string[] => {
    const [first = '', ...rest] = wrap(text, width);
    const mark = hasColour ? `\x1b[${COLOURS[verdict]}m${MARKS[verdict]}\x1b[0m` : MARKS[verdict];
    return [`${mark} ${name.padEnd(NAME_WIDTH)} ${first}`, ...rest.map((line) => INDENT + line)];
  };
  const lines = findings
    .filter(({ because }) => because === undefined)
    .flatMap(({ check, verdict, seen, remedy = [] }) => [
      ...row(verdict, check, seen),
      ...remedy.flatMap((each) => wrap(each, width - 2).map((line, i) => `${INDENT}${i === 0 ? '→' : ' '} ${line}`)),
    ]);
  const unjudged = CHECK_NAMES.flatMap((by) => {
    const names = findings.filter(({ because }) => because === by).map(({ check }) => check);
    return names.length === 0 ? [] : row('skipped', 'not judged', `${names.join(', ')}: see ${by}`);
  });
  return [...lines, ...unjudged, '', summary(findings)].join('\n');
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
