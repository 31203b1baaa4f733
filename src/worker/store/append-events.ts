import type { InteractionEvent, StoredEvent } from '../../core/domain/event.js';
import { purchasesOf } from '../../core/engine/purchases-of.js';
import { type Database, type Transaction, transact } from './database.js';
import { type LogMemory, remember } from './log-memory.js';
import { isOthers, ownerOf } from './log-owner.js';
import { CHUNK_EVENTS, type ChunkRow, isSameLog, type LogRow, readChunks, readLogRow } from './row-shapes.js';

export interface AppendRequest {
  /** none: only looks */
  readonly events: readonly InteractionEvent[];
  readonly afterSeq: number;
  /** false: `purchase` events leave nothing in the own purchases */
  readonly keepsPurchases: boolean;
  /** whose events they are, `''` being nobody's; absent: not said, so they are the log's owner's */
  readonly account: string | undefined;
}

/** What one look at the log found. */
export interface LogView {
  /** events after the asked-for seq, in order */
  readonly events: readonly StoredEvent[];
  readonly skippedRows: number;
  /** another tab erased the log since this one last looked, or it is another account's by now: what was to be appended is void, nothing was written */
  readonly wasErased: boolean;
}

const STORES = ['events', 'meta', 'purchases'] as const;
type Writable = Transaction<typeof STORES, 'readwrite'>;

/**
 * Looks at the log and, in the same transaction, appends: reads its end, leaves out known ids, gives each event its `seq`, writes.
 * The first look at a log is from its beginning, so that every id is known.
 */
export async function appendEvents(database: Database, memory: LogMemory, request: AppendRequest): Promise<LogView> {
  const { epoch, scannedChunk } = memory; // as known when asked: an erase that comes between makes the events void
  const { afterSeq, account } = request;
  // every chunk that may hold events after the last that is known; keys that are not numbers are out of its bounds
  const from = Math.max(0, Math.min(scannedChunk, afterSeq) - CHUNK_EVENTS + 2);
  const range = IDBKeyRange.bound(from, Number.POSITIVE_INFINITY);
  const mode = request.events.length > 0 ? 'readwrite' : 'readonly';
  const change = await transact(database, { stores: STORES, mode }, async (tx) => {
    const [logValue, values] = await Promise.all([tx.objectStore('meta').get('log'), tx.objectStore('events').getAll(range)]);
    const log = readLogRow(logValue);
    if (!isSameLog(logValue, epoch) || isOthers(log, account)) return undefined;
    const { rows, skipped } = readChunks(values, log?.seq);
    const events = rows.flatMap((row) => row.events);
    const lastSeq = Math.max(log?.seq ?? 0, events.at(-1)?.seq ?? 0, afterSeq);
    const knownIds = new Set(events.map((event) => event.eventId));
    const stored = toStored(request.events, lastSeq, (id) => knownIds.has(id) || memory.eventIds.has(id));
    if (stored.length === 0) return { log, events, lastChunk: rows.at(-1)?.first, skipped };
    const chunks = toChunks(stored, rows.at(-1));
    const name = log?.epoch ?? createEpoch();
    const next = { key: 'log', epoch: name, seq: lastSeq + stored.length, owner: ownerOf(name, account) ?? log?.owner } as const;
    await write(tx as Writable, { chunks, log: next, purchasing: request.keepsPurchases ? stored : [] });
    return { log: next, events: [...events, ...stored], lastChunk: chunks.at(-1)?.first, skipped };
  });
  if (!change) return { events: [], skippedRows: 0, wasErased: true };
  remember(memory, change);
  return { events: change.events.filter((event) => event.seq > afterSeq), skippedRows: change.skipped, wasErased: false };
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

async function write(tx: Writable, { chunks, log, purchasing }: Writes): Promise<void> {
  await Promise.all([
    ...chunks.map((chunk) => tx.objectStore('events').put(chunk)),
    ...purchasing.flatMap(purchasesOf).map((purchase) => tx.objectStore('purchases').put(purchase)),
    tx.objectStore('meta').put(log),
  ]);
}

function createEpoch(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
