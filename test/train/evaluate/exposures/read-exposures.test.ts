import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSlateAnswers } from '../../../../src/train/evaluate/exposures/answer-slates.js';
import { readExposures } from '../../../../src/train/evaluate/exposures/read-exposures.js';
import type { Query } from '../../../../src/train/evaluate/query.js';
import { openDuckdb } from '../../../../src/train/input/open-duckdb.js';
import { aLog } from '../../../support/a-log.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillside-exposures-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(text: string, name = 'exposures.csv') {
  await writeFile(join(folder, name), text);
  const connection = await openDuckdb();
  try {
    return await readExposures(connection, join(folder, name));
  } finally {
    connection.closeSync();
  }
}

describe('a file of impressions', () => {
  it('is read as slates', async () => {
    const rows = [
      's1,a,1,2026-01-01T00:00:00Z,0,v1,x|y,0.5',
      's1,b,2,2026-01-01T00:00:00Z,1,v1,x|y,0.25',
      's2,a,1,1000,true,,,1',
    ];
    expect(await read(`slate_id,item_id,position,shown_at,added,session_id,cart,propensity\n${rows.join('\n')}\n`)).toEqual([
      {
        slateId: 's1',
        sessionId: 'v1',
        shownAt: Date.UTC(2026, 0, 1),
        cart: ['x', 'y'],
        places: [
          { itemId: 'a', position: 1, isAdded: false, propensity: 0.5 },
          { itemId: 'b', position: 2, isAdded: true, propensity: 0.25 },
        ],
      },
      { slateId: 's2', sessionId: 's2', shownAt: 1000, places: [{ itemId: 'a', position: 1, isAdded: true, propensity: 1 }] },
    ]);
  });

  it.each(['1767225600', '1767225600000', '2026-01-01T00:00:00Z'])('tells its time as %s', async (time) => {
    const [slate] = await read(`slate_id,item_id,position,shown_at,added\ns1,a,1,${time},1\n`);
    expect(slate?.shownAt).toBe(Date.UTC(2026, 0, 1));
  });

  it.each([
    ['s1,a,0,1000,1', 'row 1: position is "0"; write 1, 2, 3'],
    ['s1,a,1,1000,2', 'row 1: added is "2"; write 0 or 1'],
    ['s1,a,1,soon,1', 'shown_at is "soon"'],
    ['s1,,1,1000,1', 'item_id is empty'],
  ])('is refused with its row: %s', async (row, message) => {
    await expect(read(`slate_id,item_id,position,shown_at,added\n${row}\n`)).rejects.toThrow(message);
  });

  it('is refused without a column that it needs', async () => {
    await expect(read('slate_id,item_id,position,shown_at\ns,a,1,1\n')).rejects.toMatchObject({ code: 'column-missing' });
  });
});

describe('our slate for a shown one', () => {
  const log = aLog([{ id: 'known', visitor: 'v', events: ['view_item:a', 'view_item:b'], day: 1 }]);
  const asked: Query[] = [];
  const model = {
    name: 'model',
    recommend(query: Query) {
      asked.push(query);
      return ['c', 'd', 'e'].map((itemId) => ({ itemId, score: 1 }));
    },
  };
  const answer = createSlateAnswers(model, log, 396);
  const slate = { slateId: 's', shownAt: 86_400_000 + 30_000, places: [{ itemId: 'c', position: 1, isAdded: false }] };

  it('is as long, and answers the cart that was there', () => {
    expect(answer({ ...slate, sessionId: 'x', cart: ['a'] })).toEqual(['c']);
    expect(asked.at(-1)).toMatchObject({ shown: ['a'], exclude: 'cart', now: slate.shownAt });
  });

  it('else answers what the session had done by then', () => {
    answer({ ...slate, sessionId: 'known' });
    expect(asked.at(-1)?.shown).toEqual(['a']);
  });

  it('is none where neither is known', () => {
    expect(answer({ ...slate, sessionId: 'x' })).toBeUndefined();
  });
});
