import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './install.js';

/**
 * Reads from docs/exports.md the lines with which a section trains, as npx runs them where tillside is installed.
 *
 * @param section the heading's words
 * @returns arguments of npx, of each line
 */
export function quickStartCommands(section: string): string[][] {
  const text = readFileSync(join(ROOT, 'docs/exports.md'), 'utf8');
  const [, body = ''] = text.split(`\n## ${section}\n`);
  const lines = body.split(/\n## /, 1)[0]?.match(/^npx -p tillside -p @duckdb\/node-api tillside train .*$/gm) ?? [];
  if (lines.length === 0) throw new Error(`docs/exports.md has no line that trains under "${section}".`);
  return lines.map((line) => ['--no-install', ...line.split(' ').slice(5)].map((word) => word.replaceAll("'", '')));
}
