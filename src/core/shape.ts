// Schemas in half a kilobyte, for what the browser runs: docs/decisions/0008-no-zod-in-the-browser.md.

/** Reads a stranger's value: returns a T, objects and lists in it copied, or throws an `Error` that names the place and the value. */
export type Shape<T> = (value: unknown, path?: string) => T;

/** A shape for every member of T; a member that T may lack needs one that allows `undefined`. */
export type Members<T> = {
  readonly [K in keyof T]-?: Shape<object extends Pick<T, K> ? T[K] | undefined : T[K]>;
};

/** Makes a shape of a test. */
export function matching<T>(isRight: (value: unknown) => boolean): Shape<T> {
  return (value, path) => {
    if (isRight(value)) return value as T;
    const shown = typeof value === 'string' ? `"${value.slice(0, 40)}"` : Object(value) === value ? `an ${typeof value}` : value;
    throw new Error(`"${path?.slice(1) || 'it'}" is ${String(shown)}`);
  };
}

/** Any value, as it is. */
export const anything: Shape<unknown> = (value) => value;

/** A string that fits, of any length where no pattern limits it. */
export function text(pattern = /^/): Shape<string> {
  return matching((value) => typeof value === 'string' && pattern.test(value));
}

/** A finite number. */
export function number(min = -Number.MAX_VALUE, max = Number.MAX_VALUE): Shape<number> {
  return matching((value) => typeof value === 'number' && value >= min && value <= max);
}

export function integer(min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER): Shape<number> {
  return matching((value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max);
}

export function oneOf<const T>(...values: readonly T[]): Shape<T> {
  return matching((value) => values.includes(value as T));
}

export function optional<T>(of: Shape<T>): Shape<T | undefined> {
  return (value, path) => (value === undefined ? value : of(value, path));
}

export function list<T>(of: Shape<T>, max = Number.POSITIVE_INFINITY, min = 0): Shape<T[]> {
  const isRight = matching<unknown[]>((value) => Array.isArray(value) && value.length <= max && value.length >= min);
  return (value, path = '') => isRight(value, path).map((each, i) => of(each, `${path}.${i}`));
}

/** An object, not a list, with any members; not copied. */
export const record: Shape<Record<string, unknown>> = matching(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

/** An object with these members; others are left out, inherited ones are not seen. */
export function object<T>(members: Members<T>): Shape<T> {
  return (value, path = '') => {
    const from = record(value, path);
    const entries = Object.entries<Shape<unknown>>(members).map(([name, shape]) => [
      name,
      shape(Object.hasOwn(from, name) ? from[name] : undefined, `${path}.${name}`),
    ]);
    return Object.fromEntries(entries.filter(([, member]) => member !== undefined)) as T;
  };
}

/** Reads a value. @throws what `toError` makes of the place and value that are wrong */
export function readShape<T>(shape: Shape<T>, value: unknown, toError: (what: string) => Error): T {
  try {
    return shape(value);
  } catch (cause) {
    throw toError((cause as Error).message);
  }
}

/** Reads a value, or nothing when it is of another shape. */
export function tryRead<T>(shape: Shape<T>, value: unknown): T | undefined {
  try {
    return shape(value);
  } catch {
    return undefined; // why not is of no interest here
  }
}
