import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { TillsideError } from '../../core/errors.js';
import { importPeer } from '../import-peer.js';

/** DuckDB spills to disk above this, so a log larger than memory can be read. */
const MEMORY_LIMIT = '1GB';

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
    throw new TillsideError('duckdb-missing', whyDuckdbIsMissing(cause), cause);
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

/** Tells a package that is absent from one that is there and cannot be loaded, e.g. without the binary of this platform. */
export function whyDuckdbIsMissing(cause: unknown): string {
  const reason = String(cause instanceof Error ? cause.message : cause).split('\n')[0];
  if (/^Cannot find (package|module) '@duckdb\/node-api'/.test(String(reason))) {
    return 'Reading event files needs @duckdb/node-api, which is not installed. Run: npx -p tillside -p @duckdb/node-api tillside train …';
  }
  return `Reading event files needs @duckdb/node-api, which is installed but cannot be loaded: ${reason}. Install it again on this machine: npm install @duckdb/node-api`;
}

/** A string as a SQL literal. */
export function toLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as a SQL identifier. */
export function toIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
