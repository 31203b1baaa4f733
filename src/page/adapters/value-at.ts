/** Reads a path such as `Shopify.routes.root` of what a page holds, however odd: undefined where there is nothing or a getter throws. */
export function valueAt(root: unknown, path: string): unknown {
  try {
    return path.split('.').reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], root);
  } catch {
    return undefined; // a null on the way, or the page's own exception
  }
}

/** Reads an id: a non-empty text of up to 128 characters, or a whole number. */
export function idAt(root: unknown, path: string): string | undefined {
  const value = valueAt(root, path);
  const id = typeof value === 'string' || Number.isSafeInteger(value) ? String(value).trim() : '';
  return id.length > 0 && id.length <= 128 ? id : undefined;
}

/** Reads a text, cut to what a card can show. */
export function textAt(root: unknown, path: string, maxLength = 300): string | undefined {
  const value = valueAt(root, path);
  return (typeof value === 'string' && value.trim().slice(0, maxLength)) || undefined;
}

/** Reads a list of at most 500 entries; anything else is an empty one. */
export function listAt(root: unknown, path: string): readonly unknown[] {
  const value = valueAt(root, path);
  return Array.isArray(value) ? value.slice(0, 500) : [];
}
