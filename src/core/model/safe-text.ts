/** Longer titles are cut: a card shows two lines. */
const MAX_TEXT = 300;
const MAX_URL = 2_000;

/** Characters that only deceive: controls, and those that turn the reading direction of what follows. */
const CONTROLS = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** A stranger's text as one short line; undefined when it is none. Still only text: it is never markup. */
export function toSafeText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  // twice the length first, so that a megabyte is not searched
  const text = value
    .slice(0, 2 * MAX_TEXT)
    .replace(CONTROLS, '')
    .trim()
    .slice(0, MAX_TEXT);
  // the cut may have halved a surrogate pair
  return text.replace(/[\ud800-\udbff]$/, '') || undefined;
}

/** A stranger's URL if it is http(s) or relative, as a browser would read it (controls and outer blanks removed); else undefined. */
export function toSafeUrl(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_URL) return undefined;
  const url = value.replace(CONTROLS, '').trim();
  return url !== '' && (!SCHEME.test(url) || /^https?:/i.test(url)) ? url : undefined;
}
