import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { expect } from 'vitest';
import { type CatalogRow, type EventLog, eventsOf } from '../../../src/train/event-log.js';
import { openDuckdb } from '../../../src/train/input/open-duckdb.js';
import type { Platform } from '../../../src/train/input/platforms/export-formats.js';
import { readCatalog } from '../../../src/train/input/read-catalog.js';
import { type ReadSummary, readEvents } from '../../../src/train/input/read-events.js';
import { SILENT } from '../../../src/train/progress.js';
import type { Line, Order, Shop } from './a-shop.js';

/** A folder of exports and the readers of `tillside train` on it. */
export interface ExportFolder {
  readonly path: string;
  readonly connection: DuckDBConnection;
  /** writes a file and returns its path */
  write(name: string, content: string | Uint8Array): Promise<string>;
  events(path: string, given?: Given): Promise<{ readonly log: EventLog; readonly summary: ReadSummary }>;
  catalog(path: string, given?: Given): Promise<{ readonly rows: CatalogRow[]; readonly notes: string[] }>;
  close(): Promise<void>;
}

export interface Given {
  readonly catalog?: readonly CatalogRow[];
  readonly asked?: readonly Platform[];
}

export async function anExportFolder(): Promise<ExportFolder> {
  const path = await mkdtemp(join(tmpdir(), 'tillside-exports-'));
  const connection = await openDuckdb();
  return {
    path,
    connection,
    async write(name, content) {
      await writeFile(join(path, name), content);
      return join(path, name);
    },
    events: (file, given = {}) => readEvents(connection, file, { progress: SILENT, ...given }),
    async catalog(file, given = {}) {
      const notes: string[] = [];
      const rows = await readCatalog(connection, file, { ...given, note: (text) => notes.push(text) });
      return { rows, notes };
    },
    async close() {
      connection.closeSync();
      await rm(path, { recursive: true });
    },
  };
}

/** The orders that came to something, as text: what a log of them has to hold, whatever the platform. */
export function ordersOf(shop: Shop, idOf: (line: Line) => string): string[] {
  return shop.orders.filter(({ fate }) => fate === 'paid').map((order) => orderText(order, idOf));
}

function orderText({ at, lines }: Order, idOf: (line: Line) => string): string {
  return `${at}: ${lines.map((line) => `${line.quantity} × ${idOf(line)} at ${line.variant.price}`).join(', ')}`;
}

/** A log's sessions in the same words. */
export function ordersIn(log: EventLog): string[] {
  return log.sessionIds.map((_, session) => {
    const events = eventsOf(log, session);
    const lines = events.map(
      ({ itemId, quantity, price }) => `${quantity} × ${itemId} at ${Math.round((price ?? 0) * 100) / 100}`,
    );
    return `${events[0]?.occurredAt}: ${lines.join(', ')}`;
  });
}

/** An error of a code whose message has these parts in this order. */
export function failure(code: string, ...parts: readonly string[]) {
  const pattern = parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^]*');
  return expect.objectContaining({ code, message: expect.stringMatching(new RegExp(pattern)) });
}
