/** Longest URL a card follows, characters. */
const MAX_URL_LENGTH = 2_048;

/**
 * Resolves a URL from the catalogue or the page, whose author is a stranger to this card.
 *
 * @returns an absolute http(s) URL, or undefined for every other scheme, credentials in it, and what does not parse
 */
export function toSafeUrl(url: string | undefined, base: string): string | undefined {
  if (!url || url.length > MAX_URL_LENGTH) return undefined;
  try {
    const { protocol, href, username } = new URL(url, base);
    return (protocol === 'https:' || protocol === 'http:') && !username ? href : undefined;
  } catch {
    return undefined; // not a URL: the card stays without a link or picture
  }
}
