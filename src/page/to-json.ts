/** Writes JSON in which a list stays a list: Prototype.js before 1.7 gives arrays a `toJSON` that makes a text of them. */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    function (this: Readonly<Record<string, unknown>>, key, written: unknown) {
      return Array.isArray(this[key]) ? this[key] : written;
    },
    indent,
  );
}
