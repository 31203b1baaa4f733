import { expect, it } from 'vitest';
import { readText, titlesIn } from '../support/titles-in.js';

const sections = readText('docs/promises.md').split(/^## /m).slice(1);
const promises = sections.filter((section) => /^\d+\. /.test(section));

it('names tests that exist for every promise', () => {
  expect(promises).toHaveLength(9);
  for (const promise of promises) {
    const tests = [...promise.matchAll(/^- `([^`]+)`: (.+)$/gm)].map(([, file = '', title = '']) => ({ file, title }));
    expect(tests.length, promise).toBeGreaterThan(1);
    expect(tests.filter(({ file, title }) => !titlesIn(file).includes(title))).toEqual([]);
  }
});

it('says what is not promised', () => {
  expect(sections.at(-1)).toMatch(/^What is not promised\n\n- /);
});
