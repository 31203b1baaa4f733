import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { TillsideError } from '../../core/errors.js';
import { importPeer, type PeerUse, whyPeerIsMissing } from '../import-peer.js';

/** DuckDB spills to disk above this, so a log larger than memory can be read. */
const MEMORY_LIMIT = '1GB';

const PEER: PeerUse = { name: '@duckdb/node-api', task: 'Reading event files', command: 'train …' };

/**
 * Opens an in-memory DuckDB that keeps the order of the rows of its files and reads times as UTC.
 *
 * @throws {TillsideError} `duckdb-missing` where the optional peer is not installed or cannot be loaded
 */
export async function openDuckdb(): Promise<DuckDBConnection> {
  let duckdb: typeof import('@duckdb/node-api');
  try {
    duckdb = await importPeer('@duckdb/node-api', () => import('@duckdb/node-api'));
  } catch (cause) {
    throw new TillsideError('duckdb-missing', whyPeerIsMissing(cause, PEER), cause);
  }
  const instance = await duckdb.DuckDBInstance.create(':memory:', {
    memory_limit: MEMORY_LIMIT,
    temp_directory: join(tmpdir(), `tillside-duckdb-${process.pid}`),
    preserve_insertion_order: 'true',
    // Nothing is fetched: every reader used here is built in.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return connection;
}

/** A string as a SQL literal. */
export function toLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as a SQL identifier. */
export function toIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
