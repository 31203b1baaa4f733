import type { DuckDBConnection } from '@duckdb/node-api';
import { TillsideError } from '../../core/errors.js';
import type { CatalogRow } from '../event-log.js';
import { findFiles } from './find-files.js';
import { matchColumns } from './match-columns.js';
import { toIdentifier } from './open-duckdb.js';
import { openTable, readOrExplain } from './open-table.js';

/**
 * Reads the shop's own embeddings: `item_id` and either one column that holds a list of numbers or a column a number.
 *
 * @returns vectors by item id, all of one length
 * @throws {TillsideError} `input-missing`, `input-empty`, `input-invalid`, `column-missing`
 */
export async function readContentVectors(connection: DuckDBConnection, pattern: string): Promise<Map<string, Float32Array>> {
  const vectors = new Map<string, Float32Array>();
  let length: number | undefined;
  for (const file of await findFiles(connection, pattern)) {
    const table = await openTable(connection, file);
    const id = matchColumns(table, ['item_id']).get('item_id');
    const numbers = table.columns.filter((column) => column !== id);
    if (numbers.length === 0) throw new TillsideError('column-missing', `${file} has no column beside item_id. Add the vectors.`);
    const texts = [id, ...numbers].map((column) => `CAST(${toIdentifier(column?.name ?? '')} AS VARCHAR)`).join(', ');
    const rows = await readOrExplain(file, async () =>
      (await connection.run(`SELECT ${texts} FROM ${table.relation}`)).getRows(),
    );
    for (const [i, [itemId, ...cells]] of rows.entries()) {
      const vector = toVector(cells.map(String));
      length ??= vector.length;
      if (itemId === null || vector.length !== length || !vector.every(Number.isFinite)) {
        throw new TillsideError(
          'input-invalid',
          `${file}, row ${i + 1}: the vector of item ${String(itemId)} is not ${length} numbers. Give every item as many, or leave it out.`,
        );
      }
      vectors.set(String(itemId).trim(), vector);
    }
  }
  if (vectors.size === 0) throw new TillsideError('input-empty', `${pattern} has no rows below its header. Export it again.`);
  return vectors;
}

/** Puts each item's vector beside what the catalogue says of it. */
export function withVectors(catalog: readonly CatalogRow[], vectors: ReadonlyMap<string, Float32Array>): CatalogRow[] {
  return catalog.map((row) => {
    const vector = vectors.get(row.itemId);
    return vector === undefined ? row : { ...row, vector };
  });
}

/** Reads `0.1`, `0.2` … of columns of their own, and `[0.1, 0.2]` of one. */
function toVector(cells: readonly string[]): Float32Array {
  const texts = cells.length === 1 ? (cells[0] ?? '').replace(/^\[(.*)\]$/s, '$1').split(',') : cells;
  return Float32Array.from(texts, (text) => (text.trim() === '' ? Number.NaN : Number(text)));
}
