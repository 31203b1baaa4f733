import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

it('documents every error code, and no other', () => {
  const union = read('src/core/errors.ts').split('export type ErrorCode')[1]?.split(';')[0] ?? '';
  const codes = [...union.matchAll(/\| '([a-z-]+)'/g)].map((match) => match[1]);
  const documented = [...read('docs/errors.md').matchAll(/^\| `([a-z-]+)`\s*\|/gm)].map((match) => match[1]);
  expect(codes.length).toBeGreaterThan(30);
  expect(documented.sort()).toEqual(codes.sort());
});
