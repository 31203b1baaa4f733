import type { Language } from './language-of.js';
import type { Strings } from './strings.js';

/** Each language is a file of its own, in the form that bundlers follow. */
const TABLES: Readonly<Record<Language, () => Promise<{ readonly STRINGS: Strings }>>> = {
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

/** Loads a language's table; there is none for English, which is here already. */
export async function loadStrings(language: Language | 'en'): Promise<Strings | undefined> {
  return language === 'en' ? undefined : (await TABLES[language]()).STRINGS;
}
