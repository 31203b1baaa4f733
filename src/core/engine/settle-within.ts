/**
 * Settles as the promise does, or rejects with `toError()` when it takes longer.
 *
 * @param timeoutMs counted from the call
 */
export async function settleWithin<T>(promise: Promise<T>, timeoutMs: number, toError: () => Error): Promise<T> {
  let timer: unknown;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(toError()), timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
