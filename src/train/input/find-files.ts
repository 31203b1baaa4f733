import { stat } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { TillsideError } from '../../core/errors.js';
import { toLiteral } from './open-duckdb.js';

const IS_GLOB = /[*?[]/;

/**
 * The files that a path or glob names, by name.
 *
 * @throws {TillsideError} `input-missing` when there are none, `input-empty` when one holds no bytes
 */
export async function findFiles(connection: DuckDBConnection, pattern: string): Promise<string[]> {
  const files = (await isFile(pattern)) || !IS_GLOB.test(pattern) ? [pattern] : await expand(connection, pattern);
  if (files.length === 0) {
    throw new TillsideError(
      'input-missing',
      `No file matches ${pattern}. Check the pattern, and quote it so the shell does not expand it.`,
    );
  }
  for (const file of files) await assertReadable(file);
  return files;
}

async function expand(connection: DuckDBConnection, pattern: string): Promise<string[]> {
  const rows = await (await connection.run(`SELECT file FROM glob(${toLiteral(pattern)}) ORDER BY file`)).getRows();
  return rows.map(([file]) => String(file));
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

async function assertReadable(file: string): Promise<void> {
  const facts = await stat(file).catch((cause: unknown) => {
    throw new TillsideError('input-missing', `File not found: ${file}. Check the path.`, cause);
  });
  if (facts.isDirectory()) {
    throw new TillsideError('input-missing', `${file} is a folder. Name a file, or a glob such as '${file}/*.parquet'.`);
  }
  if (facts.size === 0) {
    throw new TillsideError('input-empty', `${file} is empty (0 bytes). Export it again.`);
  }
}
