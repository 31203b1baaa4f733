import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predict } from '../../../src/train/commands/predict.js';
import { train } from '../../../src/train/commands/train.js';
import { verify } from '../../../src/train/commands/verify.js';
import { runCommand } from '../../support/run-command.js';

const CATALOG = `item_id,title,price,currency,accessories,accessory_for
teapot,Willow Teapot,30,EUR,tray,
cup,Willow Cup,8,EUR,,
cup-blue,Blue Willow Cup,8,EUR,,
saucer,Willow Saucer,5,EUR,,
tray,Oak Tray,20,EUR,,
brush,Spout Brush,3,EUR,,teapot
lamp,Desk Lamp,40,EUR,,
bulb,Bulb,4,EUR,,lamp
`;

let folder: string;
let bundle: string;
let printed: Awaited<ReturnType<typeof runCommand>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillside-catalog-'));
  bundle = join(folder, 'bundle');
  await writeFile(join(folder, 'catalog.csv'), CATALOG);
  printed = await runCommand(train, '--catalog', join(folder, 'catalog.csv'), '--out', bundle);
});
afterAll(() => rm(folder, { recursive: true }));

async function suggest(itemId: string, size: number): Promise<string[]> {
  const sessions = join(folder, 'sessions.ndjson');
  const event = { item_id: itemId, type: 'add_to_cart', occurred_at: Date.UTC(2026, 0, 1) };
  await writeFile(sessions, JSON.stringify({ id: 1, events: [event] }));
  const { stdout } = await runCommand(predict, '--bundle', bundle, '--sessions', sessions, '--k', String(size));
  return (JSON.parse(stdout) as { items: string[] }).items;
}

describe('train --catalog without --events', () => {
  it('writes a bundle that a browser would accept, and says what it rests on', async () => {
    expect(printed.code).toBe(0);
    expect((await runCommand(verify, '--bundle', bundle)).stdout).toMatch(/^ok: bundle .* tables only/);
    expect(printed.stderr).toMatch(/without orders.*catalogue alone/);
    const manifest = JSON.parse(await readFile(join(bundle, 'manifest.json'), 'utf8')) as { training: object };
    expect(manifest.training).toMatchObject({ sessions: 0, events: 0 });
  });

  it('suggests accessories first, whichever side names them, then what is of the same kind', async () => {
    const items = await suggest('teapot', 4);
    expect(items.slice(0, 2).sort()).toEqual(['brush', 'tray']);
    expect(items.slice(2).every((itemId) => /cup|saucer/.test(itemId))).toBe(true);
    expect((await suggest('lamp', 1))[0]).toBe('bulb');
  });

  it('does not take a colour of the same thing for its complement', async () => {
    const items = await suggest('cup', 7);
    expect(items.indexOf('saucer')).toBeLessThan(items.indexOf('cup-blue'));
  });

  it('writes neither accessories nor margins to the cards', async () => {
    const { files } = JSON.parse(await readFile(join(bundle, 'manifest.json'), 'utf8')) as {
      files: { role: string; path: string }[];
    };
    const cards = await readFile(join(bundle, files.find(({ role }) => role === 'catalog')?.path ?? ''), 'utf8');
    expect(Object.keys(JSON.parse(cards) as object)).toEqual(['title', 'price', 'currency']);
  });

  it('still asks for events where there is no catalogue', async () => {
    await expect(runCommand(train, '--out', join(folder, 'none'))).rejects.toMatchObject({ code: 'usage' });
  });
});
