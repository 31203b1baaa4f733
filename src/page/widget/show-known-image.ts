import { documentUrl } from '../document-url.js';
import { toSafeUrl } from '../safe-url.js';
import { showImage } from './show-image.js';
import type { ShowPicture } from './widget-context.js';

/** Shows a picture if it comes from where the page itself has loaded or shows something, or that it names in its JSON-LD. */
export const showKnownImage: ShowPicture = (parts, item) => {
  const url = toSafeUrl(item.imageUrl, documentUrl());
  if (url && isKnownToPage(new URL(url).origin)) showImage(parts, url);
};

function isKnownToPage(origin: string): boolean {
  if (origin === location.origin) return true;
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  const shown = [...document.images].map(({ src }) => src);
  // PHP writes its slashes as `\/`.
  const named = [...document.querySelectorAll('[type="application/ld+json"]')].map((script) =>
    `${script.textContent}`.replaceAll('\\/', '/'),
  );
  return [...loaded, ...shown].some((url) => url.startsWith(`${origin}/`)) || named.some((text) => text.includes(`"${origin}/`));
}
