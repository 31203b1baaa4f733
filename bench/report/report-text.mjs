import { tablesOf } from './tables.mjs';

/** @param {string} section @returns {string[]} */
export const sectionLines = (section, results) =>
  tablesOf(section, results).flatMap(({ title, head, rows }) => ['', title, ...aligned([head, ...rows])]);

/** @param {import('../gates.mjs').Gate[]} gates @returns {string[]} */
export function gateLines(gates) {
  if (gates.length === 0) return [];
  const rows = gates.map(({ what, seen, limit, passed }) => [what, seen, limit, passed ? 'PASS' : 'FAIL']);
  return ['', 'Bars', ...aligned([['', 'seen', 'bar', ''], ...rows])];
}

function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const cell = (text, column) => (column === 0 ? text.padEnd(widths[0]) : text.padStart(widths[column]));
  return rows.map((row) => row.map(cell).join('  ').trimEnd());
}
