/** Longest URL that is followed, characters. */
const MAX_URL_LENGTH = 2_048;

/**
 * Resolves a URL from the catalogue, the page or the shop's options.
 *
 * @returns an absolute http(s) URL, or undefined for every other scheme, credentials in it, and what does not parse
 */
export function toSafeUrl(url: unknown, base: string): string | undefined {
  // One of control characters alone would be the page's own.
  if (typeof url !== 'string' || url.length > MAX_URL_LENGTH || url.trim() <= ' ') return undefined;
  try {
    const { protocol, href, username } = new URL(url, base);
    return /^https?:$/.test(protocol) && !username ? href : undefined;
  } catch {
    return undefined; // not a URL
  }
}
