import { TillsideError } from '../../core/errors.js';
import type { InputColumn, InputTable } from './open-table.js';

/** Finds a table's columns by name, whatever their case and blanks; an optional one may be absent. */
export interface MatchedColumns {
  get(name: string): InputColumn | undefined;
}

/** @throws {TillsideError} `column-missing`, listing what the file has and the nearest names */
export function matchColumns(table: InputTable, required: readonly string[]): MatchedColumns {
  const byName = new Map(table.columns.map((column) => [toKey(column.name), column]));
  const missing = required.filter((name) => !byName.has(toKey(name)));
  if (missing.length > 0) {
    const found = table.columns.map(({ name }) => name);
    throw new TillsideError(
      'column-missing',
      `${table.file} has no column ${missing.map((name) => describe(name, found)).join(', no column ')}. ` +
        `It has: ${found.join(', ')}. Rename or add ${missing.length === 1 ? 'it' : 'them'}.`,
    );
  }
  return { get: (name) => byName.get(toKey(name)) };
}

function describe(name: string, found: readonly string[]): string {
  const near = nearest(toKey(name), found);
  return near === undefined ? name : `${name} (did you mean ${near}?)`;
}

/** The candidate that looks most like `name`, or none that does: containment first, then edit distance. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const limit = Math.max(2, Math.floor(name.length / 2));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    const key = toKey(candidate);
    const isPart = key.length >= 3 && (name.includes(key) || key.includes(name));
    const distance = isPart ? 0.5 : editDistance(name, key);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** A column's name without what exports write differently: case, blanks, dashes. */
export function toKey(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current[j] = Math.min(substitution, (previous[j] as number) + 1, (current[j - 1] as number) + 1);
    }
    previous = current;
  }
  return previous[b.length] as number;
}
