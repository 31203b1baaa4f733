import { documentUrl } from '../document-url.js';
import type { Images } from '../options.js';
import { toSafeUrl } from '../safe-url.js';

/** Where a card's picture comes from; an empty string where it may not be loaded, or there is none. */
export function imageOf(imageUrl: string | undefined, images: Images): string {
  const url = images === 'none' ? undefined : toSafeUrl(imageUrl, documentUrl());
  return url && (images === 'all' || isKnownToPage(new URL(url).origin)) ? url : '';
}

/** Whether the page itself has loaded something from there, shows a picture of there, or names it in its JSON-LD. */
function isKnownToPage(origin: string): boolean {
  if (origin === location.origin) return true;
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  const shown = Array.from(document.images, ({ src }) => src);
  // PHP writes its slashes as `\/`.
  const named = Array.from(document.querySelectorAll('[type="application/ld+json"]'), (script) =>
    `${script.textContent}`.replaceAll('\\/', '/'),
  );
  return [...loaded, ...shown].some((url) => url.startsWith(`${origin}/`)) || named.some((text) => text.includes(`"${origin}/`));
}
