import type { InteractionEvent } from '../../core/domain/event.js';
import { toJson } from '../to-json.js';
import type { CaptureContext } from './capture-context.js';

/** The key of a holdout test's arm, which is deleted with the rest. */
export const ARM_KEY = 'tillside.arm';
const PREFIX = 'tillside.tail.';
const MAX_EVENTS = 50;
/** 50 events with whole carts in them stay far below; longer is not ours. */
const MAX_CHARACTERS = 1_000_000;

/** What pages could not hand over before they went, in `localStorage`, a key a tab. Rows are the engine's to judge. */
export interface EventTail {
  /** What earlier pages left, of every tab: nobody knows which is dead, and an event sent twice is stored once. */
  readonly left: readonly InteractionEvent[];
  /** Keeps the newest 50 in this tab's key. */
  write(events: readonly InteractionEvent[]): void;
  /** Deletes each key that was left or written once none of its events is pending, unless its tab rewrote it meanwhile. */
  settle(pending: ReadonlyMap<string, unknown>): void;
  /** Reads every tab's key. */
  read(): InteractionEvent[];
  clear(): void;
}

export interface EventTailOptions {
  readonly tabId: string;
  /** who uses the device, `''` being nobody; another account's tails are deleted. Absent: not said, so none is another's */
  readonly account?: string | undefined;
  /** false: nothing is written, as some of it may be sensitive */
  readonly leavesTail?: boolean;
}

/** Opens the tails; storage that refuses is reported and survived. */
export function openEventTail(context: CaptureContext, { tabId, account, leavesTail = true }: EventTailOptions): EventTail {
  const withStorage = <T>(action: (storage: Storage) => T): T | undefined => {
    try {
      return action(context.window.localStorage);
    } catch (error) {
      const code = (error as Error).name === 'QuotaExceededError' ? 'store-quota' : 'store-denied';
      context.onError(code, `localStorage refuses (${error}): a closing page loses its last events. Allow site data.`);
      return undefined;
    }
  };
  const readTexts = () => new Map(withStorage(tailsIn));
  const texts = readTexts();
  for (const name of texts.keys()) {
    if (!isOthers(name, account)) continue;
    texts.delete(name);
    withStorage((storage) => storage.removeItem(name));
  }
  const key = PREFIX + tabId + (account ? tagOf(tabId, account) : '');

  return {
    left: eventsOf(texts),
    write(events) {
      if (!leavesTail) return;
      const text = toJson(events.slice(-MAX_EVENTS));
      withStorage((storage) => {
        storage.setItem(key, text);
        texts.set(key, text);
      });
    },
    settle(pending) {
      for (const [key, text] of texts) {
        if (parse(text).some(({ eventId }) => pending.has(eventId))) continue;
        texts.delete(key);
        withStorage((storage) => storage.getItem(key) === text && storage.removeItem(key));
      }
    },
    read: () => eventsOf(readTexts()),
    clear() {
      texts.clear();
      deleteTails();
    },
  };
}

/** Deletes every tab's tail, or all keys of a prefix; storage that refuses holds none. @returns the keys there were */
export function deleteTails(prefix?: string): string[] {
  try {
    return tailsIn(localStorage, prefix).map(([key]) => {
      localStorage.removeItem(key);
      return key;
    });
  } catch {
    return []; // a sandboxed page
  }
}

function tailsIn(storage: Storage, prefix = PREFIX): [key: string, text: string][] {
  return Object.entries<string>(storage).filter(([key]) => key.startsWith(prefix));
}

/** Tells accounts apart and names none: 32 bits, salted. */
export function tagOf(salt: string, account: string): string {
  let hash = 0;
  for (const character of salt + account) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) | 0;
  return `.${hash}`;
}

/** Whether a tail is another account's; what nobody's page left goes over to whoever logs in. */
function isOthers(key: string, account: string | undefined): boolean {
  const [tabId = '', tag] = key.slice(PREFIX.length).split('.');
  return account !== undefined && tag !== undefined && `.${tag}` !== tagOf(tabId, account);
}

/** By time; but what one tab did stays in its order, whatever became of the clock. */
function eventsOf(texts: ReadonlyMap<string, string>): InteractionEvent[] {
  const places = new Map<InteractionEvent, number>();
  for (const text of texts.values()) {
    let at = 0;
    for (const event of parse(text)) {
      at = Math.max(at, event.occurredAt) || at;
      places.set(event, at);
    }
  }
  return [...places].sort(([, a], [, b]) => a - b).map(([event]) => event);
}

function parse(text: string): InteractionEvent[] {
  try {
    const rows = JSON.parse(text.slice(0, MAX_CHARACTERS)) as (InteractionEvent | null)[];
    return rows.slice(-MAX_EVENTS).filter((row) => typeof row?.eventId === 'string') as InteractionEvent[];
  } catch {
    return []; // cut short or not ours: its key is deleted like an acknowledged one
  }
}
