import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predict } from '../../../src/train/commands/predict.js';
import { aBundleFolder } from '../../support/a-bundle-folder.js';
import { runCommand } from '../../support/run-command.js';
import { ITEM_COUNT } from '../../support/tiny-bundle.js';

let bundle: Awaited<ReturnType<typeof aBundleFolder>>;
let folder: string;

beforeAll(async () => {
  bundle = await aBundleFolder();
  folder = await mkdtemp(join(tmpdir(), 'tillside-predict-'));
});
afterAll(async () => {
  await bundle.remove();
  await rm(folder, { recursive: true });
});

const event = (type: string, item_id: string, occurred_at = 1_767_000_000_000) => ({ type, item_id, occurred_at });
const session = (id: string, ...events: unknown[]) => JSON.stringify({ id, events });

async function ask(lines: readonly string[], ...args: string[]) {
  const sessions = join(folder, 'sessions.ndjson');
  await writeFile(sessions, `${lines.join('\n')}\n`);
  const run = await runCommand(predict, '--bundle', bundle.folder, '--sessions', sessions, ...args);
  const answers = run.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { id: string; items: string[] });
  return { ...run, answers };
}

describe('predict', () => {
  it('answers every line with k distinct items, in the order of the lines', async () => {
    const lines = ['one', 'two', 'three'].map((id, i) =>
      session(id, event('view_item', `item-${i + 1}`), event('add_to_cart', `item-${i + 2}`)),
    );
    const { answers, code } = await ask([...lines, session('nobody')], '--k', '12');
    expect(code).toBe(0);
    expect(answers.map(({ id }) => id)).toEqual(['one', 'two', 'three', 'nobody']);
    for (const { items } of answers) expect(new Set(items).size).toBe(12);
  });

  it('leaves out the cart by default, what was shown if told to, and nothing if told to', async () => {
    const line = session('x', event('view_item', 'item-3'), event('add_to_cart', 'item-9'));
    const all = async (...args: string[]) => (await ask([line], '--k', String(ITEM_COUNT), ...args)).answers[0]?.items ?? [];
    const [byDefault, shown, none] = [await all(), await all('--exclude', 'shown'), await all('--exclude', 'none')];
    expect([byDefault.includes('item-9'), byDefault.includes('item-3')]).toEqual([false, true]);
    expect([shown.includes('item-9'), shown.includes('item-3')]).toEqual([false, false]);
    expect(none).toHaveLength(ITEM_COUNT);
  });

  it('puts near-duplicates of the cart after four others, leaves them out or in when told to, and with "shown" lets them be', async () => {
    const line = session('x', event('add_to_cart', 'item-7'));
    const placeOf = async (...args: string[]) =>
      (await ask([line], '--k', String(ITEM_COUNT), ...args)).answers[0]?.items.indexOf('item-8') as number;
    const kept = await placeOf('--near-duplicates', 'keep');
    expect(kept).toBeGreaterThanOrEqual(0);
    expect(await placeOf()).toBe(Math.max(4, kept));
    expect(await placeOf('--near-duplicates', 'after')).toBe(Math.max(4, kept));
    expect(await placeOf('--near-duplicates', 'exclude')).toBe(-1);
    expect(await placeOf('--exclude', 'shown')).toBe(kept);
  });

  it('starts every line from a clean state', async () => {
    const line = session('x', event('view_item', 'item-3'), event('add_to_cart', 'item-9'));
    const other = session('y', event('add_to_cart', 'item-20'), event('purchase', 'item-21'));
    const { answers } = await ask([line, other, line]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it('reads a last run of purchases as a cart', async () => {
    const bought = session('x', event('purchase', 'item-4'), event('purchase', 'item-5'));
    const added = session('x', event('add_to_cart', 'item-4'), event('add_to_cart', 'item-5'));
    const { answers } = await ask([bought, added]);
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.items).not.toContain('item-4');
  });

  it('ignores and counts items that the bundle does not know', async () => {
    const known = session('x', event('add_to_cart', 'item-4'));
    const more = session('x', event('view_item', 'nowhere'), event('add_to_cart', 'item-4'), event('add_to_cart', 'elsewhere'));
    const { answers, stderr, code } = await ask([known, more]);
    expect(answers[0]).toEqual(answers[1]);
    expect(stderr).toContain('2 events ignored: the bundle does not know their item');
    expect(code).toBe(0);
  });

  it('answers times in seconds as the same in milliseconds, and says so', async () => {
    const at = (second: number) => [event('view_item', 'item-3', second), event('add_to_cart', 'item-4', second + 1)];
    const inMs = at(1_767_000_000).map((told) => ({ ...told, occurred_at: told.occurred_at * 1000 }));
    const { answers, stderr } = await ask([session('x', ...inMs), session('x', ...at(1_767_000_000))]);
    expect(answers[1]).toEqual(answers[0]);
    expect(stderr).toContain('1 of 2 lines tell time in seconds since 1970');
  });

  it('names a malformed line, answers the others and exits 1', async () => {
    const { answers, stderr, code } = await ask([session('one'), '{broken', session('three')]);
    expect(answers.map(({ id }) => id)).toEqual(['one', 'three']);
    expect(stderr).toMatch(/line 2: not JSON/);
    expect(code).toBe(1);
  });

  it('refuses wrong options and missing files', async () => {
    await expect(ask([], '--exclude', 'some')).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('none, cart, shown'),
    });
    await expect(ask([], '--k', '0')).rejects.toMatchObject({ code: 'usage' });
    await expect(runCommand(predict, '--bundle', bundle.folder)).rejects.toMatchObject({ code: 'usage' });
    const nowhere = runCommand(predict, '--bundle', bundle.folder, '--sessions', join(folder, 'nowhere.ndjson'));
    await expect(nowhere).rejects.toMatchObject({ code: 'input-missing' });
    await expect(runCommand(predict, '--bundle', folder, '--sessions', '-')).rejects.toMatchObject({
      code: 'bundle-unreachable',
    });
  });
});
