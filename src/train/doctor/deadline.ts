/** How much of the time for a whole check is left. */
export interface Deadline {
  leftMs(): number;
  /** The promise's value, or nothing when it has not come within `ms` and the deadline. Its later failure is of no interest. */
  within<T>(ms: number, promise: Promise<T>): Promise<T | undefined>;
  /** Asks again every tenth of a second until the answer is true, `ms` are over or the deadline has come. */
  until(ms: number, ask: () => Promise<boolean | undefined>): Promise<boolean>;
}

const PAUSE_MS = 100;

export function openDeadline(timeoutMs: number, now: () => number = () => performance.now()): Deadline {
  const endsAt = now() + timeoutMs;
  const leftMs = (): number => Math.max(0, endsAt - now());
  const deadline: Deadline = {
    leftMs,
    within(ms, promise) {
      let timer: NodeJS.Timeout | undefined;
      const given = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), Math.min(ms, leftMs()));
      });
      promise.catch(() => {});
      return Promise.race([promise, given]).finally(() => clearTimeout(timer));
    },
    async until(ms, ask) {
      const stopAt = now() + Math.min(ms, leftMs());
      while (now() < stopAt) {
        if (await deadline.within(stopAt - now(), ask())) return true;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
      return false;
    },
  };
  return deadline;
}
