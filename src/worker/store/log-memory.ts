import type { StoredEvent } from '../../core/domain/event.js';
import type { LogRow } from './row-shapes.js';

/** Ids that are remembered, the newest: as many as the log keeps from one visit to the next, by default. */
const MAX_IDS = 2_000;

/** What one connection remembers of the log between calls, so that an append reads its end only. */
export interface LogMemory {
  /** which log this is; undefined until it was read, or once this tab knows that it was erased */
  epoch: string | undefined;
  lastSeq: number;
  /** ids of the newest events, up to the end of the chunk `scannedChunk` */
  eventIds: Set<string>;
  /** key of the last chunk that was read; 0 = none */
  scannedChunk: number;
}

/** A memory that knows nothing yet. */
export function createLogMemory(): LogMemory {
  return { epoch: undefined, lastSeq: 0, eventIds: new Set(), scannedChunk: 0 };
}

/** What a finished transaction saw or wrote. */
export interface SeenLog {
  readonly log: LogRow | undefined;
  readonly events: readonly StoredEvent[];
  /** key of the last chunk there is now */
  readonly lastChunk: number | undefined;
}

/** Adds what a finished transaction saw. Only what was read from `scannedChunk` on may be added. */
export function remember(memory: LogMemory, { log, events, lastChunk }: SeenLog): void {
  memory.epoch = log?.epoch ?? memory.epoch;
  memory.lastSeq = Math.max(memory.lastSeq, log?.seq ?? 0, events.at(-1)?.seq ?? 0);
  const { eventIds } = memory;
  for (const event of events) eventIds.add(event.eventId);
  for (const id of eventIds) {
    if (eventIds.size <= MAX_IDS) break;
    eventIds.delete(id);
  }
  memory.scannedChunk = Math.max(memory.scannedChunk, lastChunk ?? 0);
}
