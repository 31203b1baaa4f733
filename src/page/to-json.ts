/**
 * The JSON of a value, also on a page whose old library gives arrays a `toJSON` of its own (Prototype.js before 1.7): there `JSON.stringify` writes a list
 * as a text.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, key: string, own: unknown) {
    return Array.isArray(this[key]) ? this[key] : own;
  });
}
