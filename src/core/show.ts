/** Writes a stranger's value as a message shows it: short however long it is, and never a reason to throw. */
export function show(value: unknown): string {
  try {
    return `${JSON.stringify(value)}`.slice(0, 80);
  } catch {
    return typeof value; // cyclic, a bigint, or an object whose toJSON throws
  }
}
