import type { InteractionEvent } from '../domain/event.js';

/** Events that come within it are one write: the slate that they call for is made before the database has its turn. */
const WRITE_DELAY_MS = 20;

/** Events on their way to the log. */
export interface GatheredWrites {
  /** Settles as the write does that takes the events. */
  add(events: readonly InteractionEvent[]): Promise<void>;
  /** Writes at once what waits; never rejects. */
  flush(): Promise<void>;
  /** Has what waits come to nothing; whoever added it is told that it is done. */
  drop(): void;
}

/**
 * Creates the gathering of events into writes.
 *
 * @param write is to ask for the events when it can write them: until then others join them. None are left where they were dropped
 */
export function gatherWrites(write: (takeAll: () => InteractionEvent[]) => Promise<void>): GatheredWrites {
  let waiting: InteractionEvent[] = [];
  let writing: Promise<void> | undefined;
  let hurry = (): void => {};
  const takeAll = (): InteractionEvent[] => {
    const events = waiting;
    waiting = [];
    writing = undefined;
    return events;
  };
  return {
    add(events) {
      waiting.push(...events);
      writing ??= new Promise<void>((resolve) => {
        hurry = resolve;
        setTimeout(resolve, WRITE_DELAY_MS);
      }).then(() => write(takeAll));
      return writing;
    },
    async flush() {
      hurry();
      await writing?.catch(() => {}); // whoever added it hears of it
    },
    drop() {
      waiting = [];
      hurry();
    },
  };
}
