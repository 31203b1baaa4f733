import type { InteractionEvent } from '../../core/domain/event.js';
import type { CaptureContext } from './capture-context.js';
import { isTrackable } from './is-trackable.js';

const PREFIX = 'tillside.tail.';
const MAX_EVENTS = 50;
/** 50 events with whole carts in them stay far below; longer is not ours. */
const MAX_CHARACTERS = 1_000_000;

/** What a page could not hand over before it went, in `localStorage`, a key a tab. */
export interface EventTail {
  /** Keeps the newest 50 in this tab's key, or drops the key when there are none. */
  write(events: readonly InteractionEvent[]): void;
  /** Writes only if this tab's key holds something already. */
  rewrite(events: readonly InteractionEvent[]): void;
  /** Reads every tab's key, to be settled: nobody knows which tab is dead, and an event sent twice is stored once. */
  take(): InteractionEvent[];
  /** Deletes the keys `take` read whose events are all acknowledged, unless their tab rewrote them meanwhile. */
  settle(isPending: (event: InteractionEvent) => boolean): void;
  read(): InteractionEvent[];
  clear(): void;
}

/** Opens the tails; storage that refuses is reported and survived. */
export function openEventTail({ window, onError }: CaptureContext, tabId: string): EventTail {
  const ownKey = PREFIX + tabId;
  let taken: (readonly [key: string, text: string])[] = [];
  let isWritten = false;

  const withStorage = (action: (storage: Storage) => void) => {
    try {
      action(window.localStorage);
    } catch (error) {
      const code = (error as Error).name === 'QuotaExceededError' ? 'store-quota' : 'store-denied';
      onError(code, `localStorage refuses (${error}): a closing page loses its last events. Allow site data.`);
    }
  };
  const read = () => {
    let tails: typeof taken = [];
    withStorage((storage) => {
      tails = tailKeys(storage).map((key) => [key, storage.getItem(key) ?? '']);
    });
    return tails;
  };
  const write = (events: readonly InteractionEvent[]) =>
    withStorage((storage) => {
      if (events.length) storage.setItem(ownKey, JSON.stringify(events.slice(-MAX_EVENTS)));
      else if (isWritten) storage.removeItem(ownKey);
      isWritten = events.length > 0;
    });
  return {
    write,
    rewrite: (events) => isWritten && write(events),
    take() {
      taken = read();
      return eventsOf(taken);
    },
    settle(isPending) {
      taken = taken.filter(([key, text]) => {
        if (eventsOf([[key, text]]).some(isPending)) return true;
        withStorage((storage) => storage.getItem(key) === text && storage.removeItem(key));
        return false;
      });
    },
    read: () => eventsOf(read()),
    clear() {
      taken = [];
      isWritten = false;
      deleteTails();
    },
  };
}

/** Deletes every tab's tail; storage that refuses holds none. */
export function deleteTails(): void {
  try {
    for (const key of tailKeys(localStorage)) localStorage.removeItem(key);
  } catch {
    // a sandboxed page
  }
}

function tailKeys(storage: Storage): string[] {
  return Object.keys(storage).filter((key) => key.startsWith(PREFIX));
}

function eventsOf(tails: readonly (readonly [key: string, text: string])[]): InteractionEvent[] {
  return tails.flatMap(([, text]) => parse(text)).sort((a, b) => a.occurredAt - b.occurredAt);
}

function parse(text: string): InteractionEvent[] {
  try {
    const rows: unknown = text.length < MAX_CHARACTERS && JSON.parse(text);
    return Array.isArray(rows) ? rows.slice(-MAX_EVENTS).filter(isEvent) : [];
  } catch {
    return []; // cut short or not ours: its key is deleted like an acknowledged one
  }
}

function isEvent(row: unknown): row is InteractionEvent {
  const { eventId, occurredAt, ...event } = (row ?? {}) as Partial<InteractionEvent>;
  return /^[\w-]{8,64}$/.test(String(eventId)) && Number.isFinite(occurredAt) && isTrackable(event);
}
