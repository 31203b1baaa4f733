import { readFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);

/** Reads a file of the repository. */
export const readText = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');

/** The titles of a file's tests, as they are written there. */
export function titlesIn(file: string): string[] {
  return [...readText(file).matchAll(/\b(?:it|test)(?:\.each\([\s\S]*?\))?\(\s*(['`])(.*?)\1,/g)].map(
    (match) => match[2] as string,
  );
}
