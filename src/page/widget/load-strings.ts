import type { Strings } from './strings.js';

/** The languages beside English: each is a file of its own, in the form that bundlers follow. */
const TABLES: Readonly<Record<string, () => Promise<{ readonly STRINGS: Strings }>>> = {
  ar: () => import('./locale/ar.js'),
  de: () => import('./locale/de.js'),
  es: () => import('./locale/es.js'),
  fr: () => import('./locale/fr.js'),
  he: () => import('./locale/he.js'),
  it: () => import('./locale/it.js'),
  ja: () => import('./locale/ja.js'),
  nl: () => import('./locale/nl.js'),
  pl: () => import('./locale/pl.js'),
  pt: () => import('./locale/pt.js'),
  sv: () => import('./locale/sv.js'),
};

/** Finds the language of a locale that is spoken here; any other is English. @param locale BCP 47, as `de-AT` */
export function languageOf(locale = ''): string {
  const [language = ''] = locale.toLowerCase().split(/[-_]/);
  return Object.hasOwn(TABLES, language) ? language : 'en';
}

/** Loads a language's table; there is none for English, which is here already. */
export async function loadStrings(language: string): Promise<Strings | undefined> {
  return (await TABLES[language]?.())?.STRINGS;
}
