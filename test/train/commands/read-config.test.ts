import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/train/commands/read-config.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillside-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: unknown) {
  const file = join(folder, 'tillside.train.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readConfig(file);
}

describe('readConfig', () => {
  it('reads settings, recipe and filters', async () => {
    const config = {
      events: 'orders.csv',
      dim: 24,
      hidden: [],
      refit: false,
      recipe: { gaps: 'constant' },
      filters: { leastEvents: 9 },
    };
    expect(await read(config)).toEqual(config);
  });

  it.each([
    [{ dim: '24' }, 'dim is "24"; give a number.'],
    [{ dim: 2.5 }, 'dim is 2.5; give a whole number.'],
    [{ dim: 2 }, 'dim is 2; give at least 4.'],
    [{ neighbours: 300 }, 'neighbours is 300; give at most 255.'],
    [{ hidden: [32, 0] }, 'hidden.1 is 0; give at least 1.'],
    [{ hidden: 32 }, 'hidden is 32; give an array.'],
    [{ refit: 'no' }, 'refit is "no"; give a boolean.'],
    [{ notAfter: 'soon' }, 'notAfter is "soon"; give an ISO 8601 time.'],
    [{ recipe: { gaps: 'dead' } }, 'recipe.gaps is "dead"; give one of "live", "constant".'],
    [{ filters: { eventsPerMinute: 0 } }, 'filters.eventsPerMinute is 0; give at least 1.'],
    [{ dimm: 24 }, '"dimm" is not known; known there: events, catalog, currency, contentVectors, out,'],
    [{ filters: { rate: 1 } }, '"filters.rate" is not known; known there: eventsPerMinute, leastEvents,'],
    [[], 'the file is []; give an object.'],
  ])('names what is wrong in %j', async (content, message) => {
    await expect(read(content)).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining(`tillside.train.json: ${message}`),
    });
  });

  it('says where a file is missing or no JSON', async () => {
    await expect(read('{"dim": }')).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining('is no JSON'),
    });
    await expect(readConfig(join(folder, 'none.json'))).rejects.toMatchObject({ code: 'input-missing' });
  });
});
