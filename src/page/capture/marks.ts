/** The elements that carry an attribute, in document order. */
export function elementsWith(attribute: string, root: ParentNode = document): Element[] {
  return [...root.querySelectorAll(`[${attribute}]`)];
}

/** What an attribute says, without the space around it; empty when it says nothing. */
export function textOf(element: Element | null, attribute: string): string {
  return element?.getAttribute(attribute)?.trim() ?? '';
}
