import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf } from '../../../src/train/event-log.js';
import { openDuckdb } from '../../../src/train/input/open-duckdb.js';
import { readEvents } from '../../../src/train/input/read-events.js';
import { SILENT } from '../../../src/train/progress.js';

let folder: string;
let connection: DuckDBConnection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillside-input-'));
  connection = await openDuckdb();
});
afterAll(async () => {
  connection.closeSync();
  await rm(folder, { recursive: true });
});

const HEADER = 'session_id,item_id,type,occurred_at';

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const read = (path: string) => readEvents(connection, path, { progress: SILENT });
const failure = (code: string, ...parts: string[]) =>
  expect.objectContaining({
    code,
    message: expect.stringMatching(new RegExp(parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*'))),
  });

describe('readEvents', () => {
  const lines = ['s1,a,view_item,1000', 's1,b,add_to_cart,1970-01-01T00:00:02Z', 's2,a,view_item,1970-01-01T01:00:00.500+01:00'];
  const expected = { sessions: ['s2', 's1'], items: ['a', 'b'], times: [500, 1000, 2000] };

  const shape = async (path: string) => {
    const { log } = await read(path);
    return { sessions: log.sessionIds, items: log.itemIds, times: [...log.occurredAt] };
  };

  it('reads CSV with epoch and ISO 8601 times', async () => {
    expect(await shape(await file('plain.csv', [HEADER, ...lines].join('\n')))).toEqual(expected);
  });

  it('reads semicolons, CRLF, a BOM and quotes', async () => {
    const text = `\uFEFF"${HEADER.replaceAll(',', '";"')}"\r\n${lines.map((line) => line.replaceAll(',', ';')).join('\r\n')}\r\n`;
    expect(await shape(await file('excel.csv', text))).toEqual(expected);
  });

  it('reads gzipped CSV and NDJSON', async () => {
    expect(await shape(await file('plain.csv.gz', gzipSync([HEADER, ...lines].join('\n'))))).toEqual(expected);
    const names = HEADER.split(',');
    const objects = lines.map((line) => JSON.stringify(Object.fromEntries(line.split(',').map((value, i) => [names[i], value]))));
    expect(await shape(await file('log.ndjson.gz', gzipSync(objects.join('\n'))))).toEqual(expected);
  });

  it('reads Parquet with real timestamps and numbers as ids', async () => {
    const path = join(folder, 'typed.parquet');
    await connection.run(
      `COPY (SELECT 7 AS session_id, 9 AS item_id, 'view_item' AS type, TIMESTAMP '1970-01-01 00:00:01.5' AS occurred_at) TO '${path}'`,
    );
    expect(await shape(path)).toEqual({ sessions: ['7'], items: ['9'], times: [1500] });
  });

  it('reads a glob as one log, files in the order of their names', async () => {
    await file('part-2.csv', `${HEADER}\ns,second,view_item,5`);
    await file('part-1.csv', `${HEADER}\ns,first,view_item,5`);
    const { log, summary } = await read(join(folder, 'part-*.csv'));
    expect(eventsOf(log, 0).map(({ itemId }) => itemId)).toEqual(['first', 'second']);
    expect(summary.files).toHaveLength(2);
  });

  it('keeps the order of the file where times tie', async () => {
    const items = Array.from({ length: 5000 }, (_, i) => `item-${i}`);
    const path = await file('ties.csv', [HEADER, ...items.map((item) => `s,${item},view_item,1`)].join('\n'));
    const { log } = await read(path);
    expect(eventsOf(log, 0).map(({ itemId }) => itemId)).toEqual(items);
  });

  it('reads the optional columns', async () => {
    const path = await file(
      'full.csv',
      `${HEADER},visitor_id,quantity,price,dwell_ms,scroll_depth\ns,a,view_item,1,v,2,9.5,4000,0.75`,
    );
    expect(eventsOf((await read(path)).log, 0)[0]).toMatchObject({
      quantity: 2,
      price: 9.5,
      dwellMs: 4000,
      scrollDepthRatio: 0.75,
    });
  });

  it('skips rows that cannot be used and counts them by reason', async () => {
    const good = Array.from({ length: 300 }, (_, i) => `s,a,view_item,${i},1,1,0.5`);
    const bad = [',a,view_item,1,1,1,', 's,,view_item,1,1,1,', 's,a,,1,1,1,', 's,a,teleport,1,1,1,', 's,a,view_item,,1,1,'];
    const worse = [
      's,a,view_item,soon,1,1,',
      's,a,view_item,-5,1,1,',
      's,a,view_item,1,-2,1,',
      's,a,view_item,1,1,-3,',
      's,a,view_item,1,1,1,75',
    ];
    const path = await file('dirty.csv', [`${HEADER},quantity,price,scroll_depth`, ...good, ...bad, ...worse].join('\n'));
    const { summary } = await read(path);
    expect(summary.rows).toBe(310);
    expect(summary.events).toBe(300);
    expect(Object.fromEntries(summary.skipped)).toEqual({
      'no session_id': 1,
      'no item_id': 1,
      'no type': 1,
      'unknown type "teleport"': 1,
      'no occurred_at': 1,
      'occurred_at is not epoch milliseconds or an ISO 8601 time': 1,
      'negative occurred_at': 1,
      'negative quantity': 1,
      'negative price': 1,
      'scroll_depth outside 0–1': 1,
    });
  });

  it('refuses a column of the wrong type, naming file, first bad row and value', async () => {
    const path = await file('type.csv', `${HEADER},quantity\ns,a,view_item,1,2\ns,a,view_item,2,two\ns,a,view_item,3,three`);
    await expect(read(path)).rejects.toThrow(
      failure('column-type', path, 'row 2', 'quantity', '"two"', 'not a number', '2 of 3 rows'),
    );
  });

  it('reads numbers of time that can only be seconds as seconds, whatever the kind of file, and says so', async () => {
    const seconds = ['s,a,view_item,1700000000', 's,b,view_item,1700000007.25', 's,c,teleport,5'];
    const { log, summary } = await read(await file('seconds.csv', [HEADER, ...seconds].join('\n')));
    expect([...log.occurredAt]).toEqual([1_700_000_000_000, 1_700_000_007_250]);
    expect(Object.fromEntries(summary.remarks)).toEqual({
      'have their time in seconds since 1970, by its size: read as such': 2,
    });

    const path = join(folder, 'seconds.parquet');
    await connection.run(
      `COPY (SELECT 7 AS session_id, 9 AS item_id, 'view_item' AS type, 1700000000 AS occurred_at) TO '${path}'`,
    );
    expect([...(await read(path)).log.occurredAt]).toEqual([1_700_000_000_000]);
  });

  it('finds the unit of each file of a glob out by itself', async () => {
    await file('unit-1.csv', `${HEADER}\ns,a,view_item,1700000060000`);
    await file('unit-2.csv', `${HEADER}\ns,b,view_item,1700000000`);
    const { log, summary } = await read(join(folder, 'unit-*.csv'));
    expect(eventsOf(log, 0).map(({ itemId }) => itemId)).toEqual(['b', 'a']);
    expect([...log.occurredAt]).toEqual([1_700_000_000_000, 1_700_000_060_000]);
    expect([...summary.remarks.values()]).toEqual([1]);
  });

  it('leaves milliseconds, counters and ISO 8601 times of 1970 as they are', async () => {
    const asIs = [
      ['1700000000000'],
      ['0', '999999999'],
      ['0', '999999999', '1700000000'],
      ['4102444800'],
      ['1970-01-20T00:00:00Z'],
    ];
    for (const times of asIs) {
      const path = await file('as-is.csv', [HEADER, ...times.map((time) => `s,a,view_item,${time}`)].join('\n'));
      const { log, summary } = await read(path);
      expect([...log.occurredAt]).toEqual(times.map((time) => (time.endsWith('Z') ? Date.parse(time) : Number(time))));
      expect(summary.remarks.size).toBe(0);
    }
  });

  it('refuses a column of which some times can only be seconds and others cannot be, naming file, row and value', async () => {
    for (const [other, text] of [
      ['1700000000000', '1700000000000'],
      ['0', '0'],
      ['2023-11-14T22:13:20Z', '2023-11-14T22:13:20.000Z'],
    ] as const) {
      const seconds = Array.from({ length: 21 }, (_, i) => `s,b,view_item,${1_700_000_000 + i}`);
      const path = await file('mixed.csv', [HEADER, `s,a,view_item,${other}`, ...seconds].join('\n'));
      await expect(read(path)).rejects.toThrow(
        failure(
          'column-type',
          path,
          'row 2',
          'occurred_at',
          '1700000000',
          'seconds',
          'row 1',
          text,
          '21 and 1',
          'epoch milliseconds',
        ),
      );
    }
  });

  it('refuses a missing column, a missing file and a glob of nothing', async () => {
    const path = await file('columns.csv', 'session_id,item_id,time\ns,a,1');
    await expect(read(path)).rejects.toThrow(failure('column-missing', path, 'type', 'occurred_at', 'session_id, item_id, time'));
    await expect(read(join(folder, 'nowhere.csv'))).rejects.toThrow(failure('input-missing', 'nowhere.csv'));
    await expect(read(join(folder, 'nowhere-*.csv'))).rejects.toThrow(failure('input-missing', 'nowhere-*.csv'));
  });

  it('refuses what is empty: no bytes, no header, no rows, no usable rows', async () => {
    await expect(read(await file('zero.csv', ''))).rejects.toThrow(failure('input-empty', 'zero.csv', '0 bytes'));
    await expect(read(await file('blank.csv', '\n'))).rejects.toThrow(failure('input-empty', 'no header'));
    await expect(read(await file('zero.csv.gz', gzipSync('')))).rejects.toThrow(failure('input-empty', 'no header'));
    await expect(read(await file('header.csv', `${HEADER}\n`))).rejects.toThrow(failure('input-empty', 'no rows'));
    await expect(read(await file('useless.csv', `${HEADER}\ns,a,teleport,1`))).rejects.toThrow(
      failure('input-empty', '1 × unknown type'),
    );
    await expect(read(await file('zero.ndjson', '\n'))).rejects.toThrow(failure('input-empty', 'no JSON objects'));
  });

  it('names the line of a broken row', async () => {
    const ragged = await file('ragged.csv', `${HEADER}\ns,a,view_item,1\ns,a,view_item\n`);
    await expect(read(ragged)).rejects.toThrow(failure('input-invalid', 'line 3', '3 values where the header has 4'));
    const json = await file(
      'broken.ndjson',
      '{"session_id":"s","item_id":"a","type":"view_item","occurred_at":1}\n{"session_id":\n',
    );
    await expect(read(json)).rejects.toThrow(failure('input-invalid', 'broken.ndjson, line 2: not valid JSON'));
    await expect(read(await file('not.parquet', 'hello'))).rejects.toThrow(failure('input-invalid', 'not a Parquet file'));
    await expect(read(await file('log.dat', 'hello'))).rejects.toThrow(failure('input-invalid', 'unknown extension'));
  });
});
