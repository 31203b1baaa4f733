// In: a title of the data. Out: the department that our keyword table gives it. Build time, Node.
import { readFileSync } from 'node:fs';

const table = JSON.parse(readFileSync(new URL('departments.json', import.meta.url), 'utf8'));

/** The shop's departments in the order of the keyword table, the rest last: `{ name, slug }`. */
export const departments = [...table.departments.map(({ name, slug }) => ({ name, slug })), table.rest];

// phrases of every department come before words of any: a hot water bottle is no bottle
const rules = [
  ...table.departments.map(({ name, phrases }) => ({ name, pattern: toPattern(phrases) })),
  ...table.departments.map(({ name, words }) => ({ name, pattern: toPattern(words) })),
];

/**
 * Returns the name of the department that our keyword table gives the title.
 *
 * @param {string} title
 * @returns {string} `More gifts` when the table knows none of its words
 */
export function departmentOf(title) {
  return rules.find(({ pattern }) => pattern.test(title))?.name ?? table.rest.name;
}

function toPattern(keywords) {
  const alternatives = keywords
    .split(', ')
    .map((keyword) => keyword.replaceAll('+', '\\+').replaceAll('*', '[a-z]*').replaceAll(' ', '\\s+'));
  return new RegExp(`(?<![a-z])(?:${alternatives.join('|')})(?![a-z])`, 'i');
}
