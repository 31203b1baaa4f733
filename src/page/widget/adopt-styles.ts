/**
 * Styles a shadow root by one more constructed sheet, the only kind that `style-src 'self'` lets through. It must be of the root's own
 * document.
 */
export function adoptStyles(root: ShadowRoot, css: string): void {
  try {
    const sheet = new (root.ownerDocument.defaultView as Window & typeof globalThis).CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets.push(sheet);
  } catch {
    // Safari before 16.4 has no constructed sheets: the card stays unstyled and works.
  }
}
