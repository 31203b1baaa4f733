/** Reads what relative URLs of the page are relative to; `<img name="baseURI">` cannot stand in its way. */
export function documentUrl(): string {
  return String(Reflect.get(Node.prototype, 'baseURI', document));
}
