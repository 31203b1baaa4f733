/** Checks of what strangers say. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A string that matches. */
export const isMatch = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);

/** A list of at most 500 right entries. */
export const isListOf = (isRight: (entry: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.length <= 500 && value.every(isRight);

export const isWhole = (value: unknown, min = 0, max = 1e6): value is number =>
  Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
