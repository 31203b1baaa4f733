// Rows may be as old as the first release, or written by any script of the origin: nothing is used before it passed here.
import * as z from 'zod/mini';
import { EVENT_TYPES, type StoredEvent } from '../../core/domain/event.js';
import type { OwnPurchase } from '../../core/domain/session.js';

/** Events in one chunk record. One record of 50 is written 20 times as fast as 50 records. */
export const CHUNK_EVENTS = 50;

const seq = z.number().check(z.int(), z.minimum(0), z.maximum(2 ** 48));
const text = z.string().check(z.maxLength(1_024));
const id = text.check(z.minLength(1));
const finite = z.number();

const cartLine = z.object({ itemId: id, quantity: finite, price: z.optional(finite), currency: z.optional(text) });

const storedEventSchema = z.object({
  eventId: id,
  type: z.enum(EVENT_TYPES),
  itemId: z.optional(text),
  occurredAt: finite,
  quantity: z.optional(finite),
  price: z.optional(finite),
  currency: z.optional(text),
  dwellMs: z.optional(finite),
  scrollDepthRatio: z.optional(finite),
  listId: z.optional(text),
  position: z.optional(finite),
  items: z.optional(z.array(cartLine)),
  tokens: z.optional(z.array(text)),
  sessionId: z.optional(text),
  seq: seq.check(z.minimum(1)),
});

/** Up to 50 events, keyed by the `seq` of the first that it was made for. */
export interface ChunkRow {
  readonly first: number;
  readonly events: readonly StoredEvent[];
}
const chunkSchema = z.object({ first: seq.check(z.minimum(1)), events: z.array(z.unknown()).check(z.maxLength(CHUNK_EVENTS)) });

/** The log's own row: how far it has been written, and which log it is (erasing starts another). */
const logRowSchema = z.object({ key: z.literal('log'), epoch: id, seq });
export type LogRow = z.infer<typeof logRowSchema>;

const snapshotRowSchema = z.object({
  key: z.literal('snapshot'),
  seq,
  formatVersion: finite,
  savedAt: finite,
  state: z.unknown(),
});
export type SnapshotRow = z.infer<typeof snapshotRowSchema>;

const purchaseSchema = z.object({ itemId: id, day: z.number().check(z.int()) });

const fileRowSchema = z.object({ key: z.string(), bytes: z.instanceof(Uint8Array) });
const manifestRowSchema = z.object({ key: z.literal('manifest'), text: z.string() });
/** A bundle file by its SHA-256, or the manifest's text. */
export type BundleRow = { readonly key: string; readonly bytes: Uint8Array } | z.infer<typeof manifestRowSchema>;

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
    const chunk = chunkSchema.safeParse(value);
    if (!chunk.success) {
      skipped += 1;
      continue;
    }
    const { first, events: candidates } = chunk.data;
    const events: StoredEvent[] = [];
    for (const candidate of candidates) {
      const event = storedEventSchema.safeParse(candidate);
      const inPlace =
        event.success && event.data.seq > previous && event.data.seq >= first && event.data.seq < first + CHUNK_EVENTS;
      if (!inPlace || event.data.seq > lastSeq) {
        skipped += 1;
        continue;
      }
      previous = event.data.seq;
      events.push(event.data as StoredEvent);
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
export const readLogRow = (value: unknown): LogRow | undefined => logRowSchema.safeParse(value).data;

/** Reads the snapshot; undefined when there is none, or a broken one. */
export const readSnapshotRow = (value: unknown): SnapshotRow | undefined => snapshotRowSchema.safeParse(value).data;

/** Reads a cached file's bytes. */
export const readFileRow = (value: unknown): Uint8Array | undefined => fileRowSchema.safeParse(value).data?.bytes;

/** Reads the cached manifest's text. */
export const readManifestRow = (value: unknown): string | undefined => manifestRowSchema.safeParse(value).data?.text;

/** Reads own purchases. */
export function readPurchaseRows(values: readonly unknown[]): ReadRows<OwnPurchase> {
  const parsed = values.map((value) => purchaseSchema.safeParse(value));
  const rows = parsed.flatMap((row) => (row.success ? [row.data] : []));
  return { rows, skipped: values.length - rows.length };
}
