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
  const shown = Array.from(document.images, ({ src }) => src);
  // PHP writes its slashes as `\/`.
  const named = Array.from(document.querySelectorAll('[type="application/ld+json"]'), (script) =>
    `${script.textContent}`.replaceAll('\\/', '/'),
  );
  return [...loaded, ...shown].some((url) => url.startsWith(`${origin}/`)) || named.some((text) => text.includes(`"${origin}/`));
}
