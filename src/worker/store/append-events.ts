import type { InteractionEvent, StoredEvent } from '../../core/domain/event.js';
import { purchasesOf } from '../../core/engine/purchases-of.js';
import { type Database, type Transaction, transact } from './database.js';
import { type LogMemory, remember } from './log-memory.js';
import { CHUNK_EVENTS, type ChunkRow, isSameLog, type LogRow, readChunks, readLogRow } from './row-shapes.js';

export interface AppendRequest {
  readonly events: readonly InteractionEvent[];
  readonly afterSeq: number;
  /** false: `purchase` events leave nothing in the own purchases */
  readonly keepsPurchases: boolean;
}

/** What one look at the log found. */
export interface LogView {
  /** events after the asked-for seq, in order */
  readonly events: readonly StoredEvent[];
  readonly skippedRows: number;
  /** another tab erased the log since this one last looked: what was to be appended is void, nothing was written */
  readonly wasErased: boolean;
}

const STORES = ['events', 'meta', 'purchases'] as const;
const ERASED: LogView = { events: [], skippedRows: 0, wasErased: true };

/** Every chunk that may hold events after `seq`; keys that are not numbers are out of its bounds. */
function chunksAfter(seq: number): IDBKeyRange {
  return IDBKeyRange.bound(Math.max(0, seq - CHUNK_EVENTS + 2), Number.POSITIVE_INFINITY);
}

/** Appends in one transaction: reads the log's end, leaves out known ids, gives each event its `seq`, writes. */
export async function appendEvents(database: Database, memory: LogMemory, request: AppendRequest): Promise<LogView> {
  const { epoch, scannedChunk } = memory; // as known when asked: an erase that comes between makes the events void
  const range = chunksAfter(Math.min(scannedChunk, request.afterSeq));
  const change = await transact(database, { stores: STORES, mode: 'readwrite' }, async (tx) => {
    const [logValue, values] = await Promise.all([tx.objectStore('meta').get('log'), tx.objectStore('events').getAll(range)]);
    const found = readLogRow(logValue);
    if (!isSameLog(logValue, epoch)) return undefined;
    const { rows, skipped } = readChunks(values, found?.seq);
    const known = rows.flatMap((row) => row.events);
    const lastSeq = Math.max(found?.seq ?? 0, known.at(-1)?.seq ?? 0, request.afterSeq);
    const knownIds = new Set(known.map((event) => event.eventId));
    const stored = toStored(request.events, lastSeq, (id) => knownIds.has(id) || memory.eventIds.has(id));
    if (stored.length === 0) return { log: found, events: known, lastChunk: rows.at(-1)?.first, skipped };
    const chunks = toChunks(stored, rows.at(-1));
    const log = { key: 'log', epoch: found?.epoch ?? createEpoch(), seq: lastSeq + stored.length } as const;
    await write(tx, { chunks, log, purchasing: request.keepsPurchases ? stored : [] });
    return { log, events: [...known, ...stored], lastChunk: chunks.at(-1)?.first, skipped };
  });
  if (!change) return ERASED;
  remember(memory, change);
  const events = change.events.filter((event) => event.seq > request.afterSeq);
  return { events, skippedRows: change.skipped, wasErased: false };
}

/** Reads what is after `afterSeq`; the first look at a log is from its beginning, so that every id is known. */
export async function readEvents(database: Database, memory: LogMemory, afterSeq: number): Promise<LogView> {
  const { epoch, scannedChunk } = memory;
  const range = chunksAfter(Math.min(scannedChunk, afterSeq));
  const [logValue, values] = await transact(database, { stores: ['meta', 'events'], mode: 'readonly' }, (tx) =>
    Promise.all([tx.objectStore('meta').get('log'), tx.objectStore('events').getAll(range)]),
  );
  const log = readLogRow(logValue);
  if (!isSameLog(logValue, epoch)) return ERASED;
  const { rows, skipped } = readChunks(values, log?.seq);
  const events = rows.flatMap((row) => row.events);
  remember(memory, { log, events, lastChunk: rows.at(-1)?.first });
  return { events: events.filter((event) => event.seq > afterSeq), skippedRows: skipped, wasErased: false };
}

function toStored(events: readonly InteractionEvent[], lastSeq: number, isKnown: (eventId: string) => boolean): StoredEvent[] {
  const byId = new Map<string, InteractionEvent>();
  for (const event of events) if (!isKnown(event.eventId) && !byId.has(event.eventId)) byId.set(event.eventId, event);
  return [...byId.values()].map((event, i) => ({ ...event, seq: lastSeq + 1 + i }));
}

/** Fills the last chunk, then makes new ones: 2,000 events are 40 records, whatever the size of the batches. */
function toChunks(stored: readonly StoredEvent[], last: ChunkRow | undefined): ChunkRow[] {
  const chunks: { first: number; events: StoredEvent[] }[] = [];
  let open = last && { first: last.first, events: [...last.events] };
  for (const event of stored) {
    if (!open || event.seq >= open.first + CHUNK_EVENTS) open = { first: event.seq, events: [] };
    if (chunks.at(-1) !== open) chunks.push(open);
    open.events.push(event);
  }
  return chunks;
}

interface Writes {
  readonly chunks: readonly ChunkRow[];
  readonly log: LogRow;
  /** events whose purchases are kept */
  readonly purchasing: readonly StoredEvent[];
}

async function write(tx: Transaction<typeof STORES, 'readwrite'>, { chunks, log, purchasing }: Writes): Promise<void> {
  await Promise.all([
    ...chunks.map((chunk) => tx.objectStore('events').put(chunk)),
    ...purchasing.flatMap(purchasesOf).map((purchase) => tx.objectStore('purchases').put(purchase)),
    tx.objectStore('meta').put(log),
  ]);
}

function createEpoch(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
