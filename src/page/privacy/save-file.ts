/** Long enough for a slow browser to begin the download. */
const KEPT_MS = 10_000;

/** Has the browser save a text as a file. */
export function saveFile(name: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  Object.assign(link, { href, download: name });
  // Older browsers follow only a link that is in the document.
  document.documentElement.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), KEPT_MS);
}
