/** Puts words into a template's places: `{name}`. A place that nobody fills stays. */
export function fill(template: string, words: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => (Object.hasOwn(words, name) ? String(words[name]) : place));
}
