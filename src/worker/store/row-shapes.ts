// Rows may be as old as the first release, or written by any script of the origin: nothing is used before it passed here.
import type { StoredEvent } from '../../core/domain/event.js';
import type { OwnPurchase } from '../../core/domain/session.js';
import { MAX_REQUESTS, type Snapshot } from '../../core/engine/store.js';
import { whyNotEvent } from '../../core/engine/why-not-event.js';
import { anything, integer, list, matching, number, object, oneOf, optional, record, text, tryRead } from '../../core/shape.js';

/** Events in one chunk record. One record of 50 is written 20 times as fast as 50 records. */
export const CHUNK_EVENTS = 50;

const MAX_SEQ = 2 ** 48;
const position = integer(1, MAX_SEQ);
const count = integer(0, MAX_SEQ);

const id = text(/^.{1,512}$/s);
const storedEventShape = matching<StoredEvent>((value) => {
  const { seq, ...event } = record(value);
  return !!position(seq) && !whyNotEvent(event);
});

/** Up to 50 events, keyed by the `seq` of the first that it was made for. */
export interface ChunkRow {
  readonly first: number;
  readonly events: readonly StoredEvent[];
}
const chunkShape = object<{ first: number; events: unknown[] }>({ first: position, events: list(anything, CHUNK_EVENTS) });

/** The log's own row: how far it has been written, and which log it is (erasing starts another). */
export interface LogRow {
  readonly key: 'log';
  readonly epoch: string;
  readonly seq: number;
  /** whose it is: a hash salted by the epoch, '' for nobody's; absent where nobody said */
  readonly owner?: string | undefined;
}
const logRowShape = object<LogRow>({ key: oneOf('log'), epoch: id, seq: count, owner: optional(text()) });

/** What was requested; the page that shows it judges each entry. */
export interface RequestsRow {
  readonly key: 'requests';
  readonly requests: readonly unknown[];
}
const requestsRowShape = object<RequestsRow>({ key: oneOf('requests'), requests: list(anything, MAX_REQUESTS) });

export interface SnapshotRow extends Snapshot {
  readonly key: 'snapshot';
}
const snapshotRowShape = object<SnapshotRow>({
  key: oneOf('snapshot'),
  seq: count,
  formatVersion: number(),
  savedAt: number(),
  state: anything,
});

const purchaseShape = object<OwnPurchase>({ itemId: id, day: integer() });

/** A bundle file by its SHA-256. */
export interface FileRow {
  readonly key: string;
  readonly bytes: Uint8Array;
}
const fileRowShape = object<FileRow>({ key: text(), bytes: matching((value) => value instanceof Uint8Array) });

/** The cached bundle's manifest, as it was published. */
export interface ManifestRow {
  readonly key: 'manifest';
  readonly text: string;
}
const manifestRowShape = object<ManifestRow>({ key: oneOf('manifest'), text: text() });

/** Rows that passed, and how many did not. */
export interface ReadRows<T> {
  readonly rows: readonly T[];
  readonly skipped: number;
}

/** Reads chunk records in key order; a broken event or a broken chunk costs only itself. `lastSeq` is the log row's, when there is one. */
export function readChunks(values: readonly unknown[], lastSeq = Number.MAX_SAFE_INTEGER): ReadRows<ChunkRow> {
  const rows: ChunkRow[] = [];
  let skipped = 0;
  let previous = 0;
  for (const value of values) {
    const chunk = tryRead(chunkShape, value);
    if (!chunk) skipped += 1;
    const { first, events: candidates } = chunk ?? { first: 0, events: [] };
    const events: StoredEvent[] = [];
    for (const candidate of candidates) {
      const event = tryRead(storedEventShape, candidate);
      const { seq } = event ?? { seq: 0 };
      if (event && seq > previous && seq >= first && seq < first + CHUNK_EVENTS && seq <= lastSeq) {
        previous = seq;
        events.push(event);
      } else skipped += 1;
    }
    if (events.length > 0) rows.push({ first, events });
  }
  return { rows, skipped };
}

/** Whether this is still the log that a tab knows by `epoch`: what was made of an erased one must not come back. */
export function isSameLog(value: unknown, epoch: string | undefined): boolean {
  return epoch === undefined || readLogRow(value)?.epoch === epoch;
}

/** Reads the log's own row; undefined when there is none, or a broken one. */
export const readLogRow = (value: unknown): LogRow | undefined => tryRead(logRowShape, value);

/** Reads the snapshot; undefined when there is none, or a broken one. */
export const readSnapshotRow = (value: unknown): SnapshotRow | undefined => tryRead(snapshotRowShape, value);

/** Reads what was requested; nothing when there is no row, or a broken one. */
export const readRequestsRow = (value: unknown): readonly unknown[] => tryRead(requestsRowShape, value)?.requests ?? [];

/** Reads a cached file's bytes. */
export const readFileRow = (value: unknown): Uint8Array | undefined => tryRead(fileRowShape, value)?.bytes;

/** Reads the cached manifest's text. */
export const readManifestRow = (value: unknown): string | undefined => tryRead(manifestRowShape, value)?.text;

/** Reads own purchases. */
export function readPurchaseRows(values: readonly unknown[]): ReadRows<OwnPurchase> {
  const rows = values.flatMap((value) => tryRead(purchaseShape, value) ?? []);
  return { rows, skipped: values.length - rows.length };
}
