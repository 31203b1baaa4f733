import { readFileSync } from 'node:fs';

/** The titles of a file's tests, as they are written there. */
export function titlesIn(file: string): string[] {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  return [...text.matchAll(/\b(?:it|test)(?:\.each\([\s\S]*?\))?\(\s*(['`])(.*?)\1,/g)].map((match) => match[2] as string);
}
