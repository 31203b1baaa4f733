import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { titlesIn } from '../support/titles-in.js';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const rows = [...read('docs/complaints.md').matchAll(/^\| \[([^\]]+)\]\((\S+)\) \|[^|]+\| `([^`]+)`: (.+) \|$/gm)].map(
  ([, complaint = '', url = '', file = '', title = '']) => ({ complaint, url, file, title }),
);

it('names a test that exists for every complaint', () => {
  expect(rows.length).toBeGreaterThanOrEqual(23);
  const missing = rows.filter(({ file, title }) => !titlesIn(file).includes(title));
  expect(missing).toEqual([]);
});

it('links each complaint to the thread of its number', () => {
  expect(
    rows.filter(({ complaint, url }) => !/\/(issues|pull)\/\d+$/.test(url) || !url.endsWith(`/${complaint.split('#')[1]}`)),
  ).toEqual([]);
});

it('lists every complaint that a test names in its title', () => {
  const files = ['test/', 'e2e/'].flatMap((folder) =>
    (readdirSync(new URL(folder, ROOT), { recursive: true }) as string[])
      .filter((path) => /\.(test|spec)\.ts$/.test(path))
      .map((path) => folder + path),
  );
  const named = files.flatMap(titlesIn).flatMap((title) => /\(([^()]*#\d+)\)$/.exec(title)?.[1]?.split(', ') ?? []);
  expect(named).toContain('dawn#1832');
  expect([...new Set(named)].filter((name) => !rows.some(({ complaint }) => complaint === name))).toEqual([]);
});
