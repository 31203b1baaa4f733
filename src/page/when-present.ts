/** Calls back once, when an element of this name is in the document; returns what gives up waiting. */
export function whenPresent(elementName: string, callback: () => void): () => void {
  const observer = new MutationObserver(check);
  function check(): void {
    // By the prototype: <form name="querySelector"> hides the document's own, and the browser reports what is thrown here.
    if (!Document.prototype.querySelector.call(document, elementName)) return;
    observer.disconnect();
    callback();
  }
  observer.observe(document, { childList: true, subtree: true });
  check();
  return () => observer.disconnect();
}
