import type { InteractionEvent } from '../../core/domain/event.js';
import type { CaptureContext } from './capture-context.js';
import { isTrackable } from './is-trackable.js';

const PREFIX = 'tillside.tail.';
const MAX_EVENTS = 50;
/** 50 events with whole carts in them stay far below; longer is not ours. */
const MAX_CHARACTERS = 1_000_000;

/** What a page could not hand over before it went, in `localStorage`, a key a tab. */
export interface EventTail {
  /** whether this tab's key holds something of ours */
  isWritten(): boolean;
  /** Keeps the newest 50 in this tab's key, or drops the key when there are none. */
  write(events: readonly InteractionEvent[]): void;
  /** Reads every tab's key, to be settled: nobody knows which tab is dead, and an event sent twice is stored once. */
  take(): InteractionEvent[];
  /** Deletes the keys `take` read whose events are all acknowledged, unless their tab rewrote them meanwhile. */
  settle(isPending: (eventId: string) => boolean): void;
  read(): InteractionEvent[];
  clear(): void;
}

/** Opens the tails; storage that refuses is reported and survived. */
export function openEventTail({ window, onError }: CaptureContext, tabId: string): EventTail {
  const ownKey = PREFIX + tabId;
  const taken = new Map<string, string>();
  let isWritten = false;

  const withStorage = (action: (storage: Storage) => void) => {
    try {
      action(window.localStorage);
    } catch (error) {
      const code = (error as { name?: unknown } | null)?.name === 'QuotaExceededError' ? 'store-quota' : 'store-denied';
      onError(code, `localStorage refuses (${error}): what is not stored when the page closes is lost. Allow site data.`);
    }
  };
  const eachTail = (action: (key: string, storage: Storage) => void) =>
    withStorage((storage) => {
      for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) action(key, storage);
    });
  const read = () => {
    const events: InteractionEvent[] = [];
    eachTail((key, storage) => events.push(...parse(storage.getItem(key))));
    return events.sort((a, b) => a.occurredAt - b.occurredAt);
  };

  return {
    isWritten: () => isWritten,
    write: (events) =>
      withStorage((storage) => {
        if (events.length) storage.setItem(ownKey, JSON.stringify(events.slice(-MAX_EVENTS)));
        else if (isWritten) storage.removeItem(ownKey);
        isWritten = events.length > 0;
      }),
    take() {
      eachTail((key, storage) => taken.set(key, storage.getItem(key) ?? ''));
      return read();
    },
    settle: (isPending) => {
      for (const [key, text] of taken) {
        if (parse(text).some(({ eventId }) => isPending(eventId))) continue;
        taken.delete(key);
        withStorage((storage) => storage.getItem(key) === text && storage.removeItem(key));
      }
    },
    read,
    clear() {
      taken.clear();
      isWritten = false;
      eachTail((key, storage) => storage.removeItem(key));
    },
  };
}

function parse(text: string | null): InteractionEvent[] {
  try {
    const rows: unknown = text && text.length < MAX_CHARACTERS && JSON.parse(text);
    return Array.isArray(rows) ? rows.slice(-MAX_EVENTS).filter(isEvent) : [];
  } catch {
    return []; // cut short or not ours: its key is deleted like an acknowledged one
  }
}

function isEvent(row: unknown): row is InteractionEvent {
  const { eventId, occurredAt, ...event } = (row ?? {}) as Partial<InteractionEvent>;
  return /^[\w-]{8,64}$/.test(String(eventId)) && Number.isFinite(occurredAt) && isTrackable(event);
}
