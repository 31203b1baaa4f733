import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { loadPrivacyStrings } from '../../../src/page/privacy/load-privacy-strings.js';
import { ENGLISH, type PrivacyStrings } from '../../../src/page/privacy/strings.js';
import { LANGUAGES } from '../../../src/page/widget/language-of.js';

const placeholders = (text: string) => (text.match(/\{\w*\}/g) ?? []).sort();
const CHANNEL_WORDS = [
  ...['pictures', 'pictureSheet', 'noPictures', 'links', 'shopCart', 'shopScripts'],
  ...['orderAttribute', 'noOrderAttribute', 'analytics', 'noAnalytics'],
];

/** All but those of the channels, which English takes from the receipt. */
function textsOf({ channelWords: _, ...texts }: PrivacyStrings): Readonly<Record<string, string>> {
  return texts;
}

describe.each(LANGUAGES)('the words of <tillside-privacy> in %s', (language) => {
  it('are those of English, every one, with the same placeholders, in another language', async () => {
    const texts = textsOf(await loadPrivacyStrings(language));
    const english = textsOf(ENGLISH);
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
    for (const [key, text] of Object.entries(texts)) {
      expect(text.trim(), key).not.toBe('');
      expect(text, key).not.toBe(english[key]);
      expect(placeholders(text), key).toEqual(placeholders(english[key] ?? ''));
    }
  });

  it('speak of every channel of the receipt', async () => {
    const { channelWords = {} } = await loadPrivacyStrings(language);
    expect(Object.keys(channelWords).sort()).toEqual([...CHANNEL_WORDS].sort());
    expect(new Set(Object.values(channelWords)).size).toBe(CHANNEL_WORDS.length);
    expect(placeholders(Object.values(channelWords).join())).toEqual(['{attribute}']);
    expect(channelWords['orderAttribute' as keyof typeof channelWords]).toContain('{attribute}');
  });
});

it('has a file for each language, and no other', async () => {
  const files = await readdir(new URL('../../../src/page/privacy/privacy-locale/', import.meta.url));
  expect(files.sort()).toEqual(LANGUAGES.map((language) => `${language}.ts`));
});
