/** The languages beside English. */
export const LANGUAGES = ['ar', 'de', 'es', 'fr', 'he', 'it', 'ja', 'nl', 'pl', 'pt', 'sv'] as const;

export type Language = (typeof LANGUAGES)[number];

/** Finds the language of a locale that is spoken here; any other is English. @param locale BCP 47, as `de-AT` */
export function languageOf(locale = ''): Language | 'en' {
  const [language] = locale.toLowerCase().split(/[-_]/);
  return LANGUAGES.find((each) => each === language) ?? 'en';
}

/** Has an element that says something be read in its language, and laid out in its direction. */
export function speakIn(element: HTMLElement, language: Language | 'en'): void {
  element.lang = language;
  if (language === 'ar' || language === 'he') element.dir = 'rtl';
}
