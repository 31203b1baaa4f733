import type { InteractionEvent, StoredEvent } from '../domain/event.js';
import type { OwnPurchase } from '../domain/session.js';
import type { Diagnostic } from '../errors.js';
import type { ExportedData, Retention } from './contract.js';
import type { RequestMade } from './requests-made.js';

/** The folded state at one place in the log. */
export interface Snapshot {
  readonly seq: number;
  readonly formatVersion: number;
  /** epoch ms */
  readonly savedAt: number;
  /** structured-cloneable; its shape belongs to `core/features` */
  readonly state: unknown;
}

/** What is left of earlier visits. */
export interface KeptData {
  readonly snapshot: Snapshot | undefined;
  /** in order; those that are folded into the snapshot too */
  readonly events: readonly StoredEvent[];
  readonly purchases: readonly OwnPurchase[];
}

export type StoreChange = { readonly kind: 'appended'; readonly seq: number } | { readonly kind: 'forgotten' };

/** A bundle file kept for the next visit, by digest. */
export interface CachedFile {
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** A visit makes about 10 requests. */
export const MAX_REQUESTS = 200;

/** Adds to the requests that are kept: each once, for a browser's list is read more than once. */
export function addRequests(kept: readonly unknown[] = [], requests: readonly RequestMade[] = []): unknown[] {
  return [...new Map([...kept, ...requests].map((request) => [JSON.stringify(request), request])).values()].slice(-MAX_REQUESTS);
}

/** Where the engine keeps what it knows. One on IndexedDB (`worker/store`), one in memory (`memory-store.ts`). */
export interface Store {
  readonly kind: 'indexeddb' | 'memory';
  /** what went wrong so far and was survived, once a code */
  readonly diagnostics: readonly Diagnostic[];
  /**
   * Appends in one transaction, giving each event its `seq`; an `eventId` already in the log is left out. `purchase` events
   * with `itemId` or `items` also go to the own purchases, in the same transaction.
   * @returns every event after `afterSeq`, in order: those just appended and those other tabs wrote meanwhile
   */
  append(events: readonly InteractionEvent[], afterSeq: number): Promise<readonly StoredEvent[]>;
  /** Events after `seq`, in order. */
  readSince(seq: number): Promise<readonly StoredEvent[]>;
  /** Keeps the newer of the two, by `seq`. */
  writeSnapshot(snapshot: Snapshot): Promise<void>;
  /** Deletes what retention no longer allows, and reads what is left. */
  expire(retention: Retention, now: number): Promise<KeptData>;
  readFile(sha256: string): Promise<Uint8Array | undefined>;
  /** Replaces the cached bundle: the manifest's text and its files, all or nothing. */
  writeBundle(manifestText: string, files: readonly CachedFile[]): Promise<void>;
  readManifest(): Promise<string | undefined>;
  /**
   * Adds what is not there yet to what was requested, of which the latest `MAX_REQUESTS` are kept; `exportData().meta.requests` tells of them.
   *
   * @param requests absent: nothing is kept, not even that there were none
   * @param isLate adds only to what an earlier call has kept, were it an empty list: what was erased meanwhile stays so
   * @returns all that were kept, and those given
   */
  keepRequests(requests?: readonly RequestMade[], isLate?: boolean): Promise<readonly unknown[]>;
  exportData(): Promise<Omit<ExportedData, 'session' | 'titles'>>;
  /** Erases every object store and announces it. */
  clear(): Promise<void>;
  /** Tells what other tabs did. */
  watch(onChange: (change: StoreChange) => void): () => void;
  close(): Promise<void>;
}
