/** What `--max-minutes` leaves to each stage, and which stages it cut short. */
export interface TimeBudget {
  /** A stage that may take this share of all the time from when it first asks. @returns whether its time, or all time, is up; asked before each step */
  deadline(stage: string, share: number): () => boolean;
  /** share of all the time that is left, 0–1; 1 without a limit */
  left(): number;
  /** Notes that a stage did less than it would have, for want of time. */
  cut(what: string): void;
  /** what was cut, in words, in the order it happened */
  readonly cuts: readonly string[];
}

/** @param maxMinutes from now on; absent: no limit */
export function createTimeBudget(maxMinutes: number | undefined, now: () => number = () => performance.now()): TimeBudget {
  const startedAt = now();
  const all = maxMinutes === undefined ? Number.POSITIVE_INFINITY : maxMinutes * 60_000;
  const cuts: string[] = [];
  const cut = (what: string) => {
    if (!cuts.includes(what)) cuts.push(what);
  };
  return {
    cuts,
    cut,
    left: () => (all === Number.POSITIVE_INFINITY ? 1 : Math.max(0, 1 - (now() - startedAt) / all)),
    deadline(stage, share) {
      let end: number | undefined;
      return () => {
        end ??= Math.min(startedAt + all, now() + all * share);
        const isUp = now() > end;
        if (isUp) cut(`${stage} stopped early`);
        return isUp;
      };
    },
  };
}
