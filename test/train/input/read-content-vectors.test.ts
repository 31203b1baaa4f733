import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDuckdb } from '../../../src/train/input/open-duckdb.js';
import { readContentVectors, withVectors } from '../../../src/train/input/read-content-vectors.js';

let folder: string;
let connection: DuckDBConnection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillside-vectors-'));
  connection = await openDuckdb();
});
afterAll(async () => {
  connection.closeSync();
  await rm(folder, { recursive: true });
});

async function read(name: string, text: string) {
  const path = join(folder, name);
  await writeFile(path, text);
  return readContentVectors(connection, path);
}

const EXPECTED = [
  ['a', Float32Array.from([0.5, -1])],
  ['b', Float32Array.from([2, 0])],
];

describe('readContentVectors', () => {
  it('reads a column a number', async () => {
    expect([...(await read('columns.csv', 'item_id,v0,v1\na,0.5,-1\nb,2,0\n'))]).toEqual(EXPECTED);
  });

  it('reads a list, as NDJSON and as Parquet', async () => {
    const lines = '{"item_id":"a","vector":[0.5,-1]}\n{"item_id":"b","vector":[2,0]}\n';
    expect([...(await read('list.ndjson', lines))]).toEqual(EXPECTED);
    const parquet = join(folder, 'list.parquet');
    const rows = "SELECT 'a' AS item_id, [0.5, -1.0]::FLOAT[] AS v UNION ALL SELECT 'b', [2.0, 0.0]::FLOAT[]";
    await connection.run(`COPY (${rows}) TO '${parquet}' (FORMAT parquet)`);
    expect([...(await readContentVectors(connection, parquet))]).toEqual(EXPECTED);
  });

  it.each([
    ['a missing number', 'item_id,v0,v1\na,1,2\nb,3,\n'],
    ['a word', 'item_id,v0,v1\na,1,2\nb,3,x\n'],
    ['another length', '{"item_id":"a","v":[1,2]}\n{"item_id":"b","v":[1]}\n'],
  ])('refuses %s, naming file, row and item', async (_, text) => {
    const name = text.startsWith('{') ? 'bad.ndjson' : 'bad.csv';
    await expect(read(name, text)).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringMatching(/bad\.\w+, row 2: the vector of item b is not 2 numbers/),
    });
  });

  it('goes beside what the catalogue says; items without a vector keep what they have', () => {
    const catalog = ['a', 'z'].map((itemId) => ({ itemId, title: itemId }));
    const vector = Float32Array.from([1]);
    expect(withVectors(catalog, new Map([['a', vector]]))).toEqual([{ ...catalog[0], vector }, catalog[1]]);
  });
});
