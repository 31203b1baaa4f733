import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { titlesIn } from '../support/titles-in.js';

const page = readFileSync(new URL('../../docs/promises.md', import.meta.url), 'utf8');
const promises = page.split(/^## /m).filter((part) => /^\d+\. /.test(part));
const testsOf = (text: string) =>
  [...text.matchAll(/^- `([^`]+)` › (.+)$/gm)].map(([, file = '', title = '']) => ({ file, title }));

it('names tests for each of the ten promises', () => {
  expect(promises.map((promise) => Number.parseInt(promise, 10))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(promises.filter((promise) => testsOf(promise).length === 0)).toEqual([]);
});

it('names tests that exist', () => {
  expect(testsOf(page).filter(({ file, title }) => !titlesIn(file).includes(title))).toEqual([]);
});
