import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, languageOf } from '../../../src/page/widget/language-of.js';
import { loadStrings } from '../../../src/page/widget/load-strings.js';
import { ENGLISH } from '../../../src/page/widget/strings.js';
import { ENGLISH_TOOLS } from '../../../src/page/widget/tool-strings.js';

const ALL_ENGLISH = { ...ENGLISH, ...ENGLISH_TOOLS };
const placeholders = (text: string) => text.match(/\{\w*\}/g) ?? [];

describe.each(LANGUAGES)('the words of %s', (language) => {
  it('are those of English, every one, with the same placeholders', async () => {
    const table: Readonly<Record<string, string>> = (await loadStrings(language)) ?? {};
    expect(Object.keys(table).sort()).toEqual(Object.keys(ALL_ENGLISH).sort());
    for (const [key, text] of Object.entries<string>(table)) {
      expect(text.trim(), key).not.toBe('');
      expect(placeholders(text), key).toEqual(placeholders(ALL_ENGLISH[key as keyof typeof ALL_ENGLISH]));
    }
  });

  it('are in another language', async () => {
    const table = await loadStrings(language);
    const same = Object.entries(ALL_ENGLISH).filter(([key, text]) => table?.[key as keyof typeof table] === text);
    expect(same).toEqual([]);
  });
});

describe('languageOf', () => {
  it.each([
    ['de-AT', 'de'],
    ['pt_BR', 'pt'],
    ['AR', 'ar'],
    ['en-GB', 'en'],
    ['xx', 'en'],
    ['', 'en'],
    [undefined, 'en'],
    ['constructor', 'en'],
    ['__proto__', 'en'],
  ])('%s is spoken as %s', (locale, language) => expect(languageOf(locale)).toBe(language));

  it('knows every file of the folder', async () => {
    const files = await readdir(new URL('../../../src/page/widget/locale/', import.meta.url));
    expect(files.map((file) => languageOf(file.replace('.ts', ''))).sort()).toEqual([...LANGUAGES]);
  });
});

it('needs no table for English', async () => expect(await loadStrings('en')).toBeUndefined());

it('documents every word', async () => {
  const guide = await readFile(new URL('../../../docs/widget.md', import.meta.url), 'utf8');
  for (const key of Object.keys(ALL_ENGLISH)) expect(guide).toContain(`\`${key}\``);
});
