/** Calls back once, when an element of this name is in the document; returns what gives up waiting. */
export function whenPresent(elementName: string, callback: () => void): () => void {
  const observer = new MutationObserver(check);
  function check(): void {
    if (!document.querySelector(elementName)) return;
    observer.disconnect();
    callback();
  }
  observer.observe(document, { childList: true, subtree: true });
  check();
  return () => observer.disconnect();
}
