import type { Language } from '../widget/language-of.js';
import { ENGLISH, type PrivacyStrings } from './strings.js';

/** Each language is a file of its own, in the form that bundlers follow. */
const TABLES: Readonly<Record<Language, () => Promise<{ readonly STRINGS: PrivacyStrings }>>> = {
  ar: () => import('./privacy-locale/ar.js'),
  de: () => import('./privacy-locale/de.js'),
  es: () => import('./privacy-locale/es.js'),
  fr: () => import('./privacy-locale/fr.js'),
  he: () => import('./privacy-locale/he.js'),
  it: () => import('./privacy-locale/it.js'),
  ja: () => import('./privacy-locale/ja.js'),
  nl: () => import('./privacy-locale/nl.js'),
  pl: () => import('./privacy-locale/pl.js'),
  pt: () => import('./privacy-locale/pt.js'),
  sv: () => import('./privacy-locale/sv.js'),
};

/** Loads the words of a language; those of English are here already. */
export async function loadPrivacyStrings(language: Language | 'en'): Promise<PrivacyStrings> {
  return language === 'en' ? ENGLISH : (await TABLES[language]()).STRINGS;
}
