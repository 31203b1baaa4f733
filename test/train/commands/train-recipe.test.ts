import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { train } from '../../../src/train/commands/train.js';
import { runCommand } from '../../support/run-command.js';

let folder: string;
let events: string;

/** Carts of two items that go together, one a day; the last five are one order again and again. */
function carts(): string {
  const lines = (order: string, pair: number, day: number) =>
    ['x', 'y'].map((name) => `${order},${name}-${pair},purchase,${new Date(Date.UTC(2026, 0, 1 + day)).toISOString()},v${pair}`);
  const rows = Array.from({ length: 260 }, (_, i) => lines(`o${i}`, i % 8, i));
  const fakes = Array.from({ length: 5 }, (_, i) => lines(`fake${i}`, 3, 270));
  return `session_id,item_id,type,occurred_at,visitor_id\n${[...rows, ...fakes].flat().join('\n')}\n`;
}

async function trained(name: string, ...args: string[]) {
  const out = join(folder, name);
  const printed = await runCommand(train, '--events', events, '--out', out, ...args);
  const { training, version, metrics } = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')) as {
    version: number;
    metrics: { tables: { methods: object }[] };
    training: { settings: { recipe: object }; recipe: Record<string, string>; suspects?: object; from?: object };
  };
  return { ...printed, training, version, metrics };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillside-recipe-'));
  events = join(folder, 'events.csv');
  await writeFile(events, carts());
});
afterAll(() => rm(folder, { recursive: true }));

describe('train', () => {
  it('says what the log is and what it chooses, and records both', async () => {
    const { stderr, training } = await trained('plain', '--epochs', '0');
    expect(stderr).toContain('the log: carts, 2.0 events each (median 2)');
    expect(stderr).toMatch(/gaps +constant +all events of a session carry one time/);
    expect(stderr).toMatch(/models +tables +by option, instead of all/);
    expect(training.settings.recipe).toMatchObject({ models: 'tables', table: 'ease', gaps: 'constant' });
    expect(training.recipe.models).toBe('by option, instead of all');
  });

  it('leaves fake orders out, counts them, and keeps them on request', async () => {
    const { stderr, training } = await trained('filtered', '--quick');
    expect(stderr).toContain('2 of 265 sessions (0.75 %) left out');
    expect(stderr).toContain('2 × the same order again');
    expect(training.suspects).toEqual({ 'the same order again, after 3 that day by that visitor': 2 });
    const kept = await trained('kept', '--quick', '--keep-suspects');
    expect(kept.stderr).toContain('530 events, 265 carts');
    expect(kept.training).not.toHaveProperty('suspects');
  });

  it('is quick on request, and says what that leaves out', async () => {
    const { stderr, metrics } = await trained('quick', '--quick');
    expect(stderr).toContain('quick: neither session model nor ranker');
    expect(Object.keys(metrics.tables[0]?.methods ?? {})).toEqual(['tillside', 'popularity', 'cosine-weighted']);
  });

  it('says how long each stage took and how much memory', async () => {
    const { stderr } = await trained('costs', '--quick');
    expect(stderr).toMatch(
      /what it took\n(?: +[\d.]+ s +\d+ MB {2}[^\n]+\n)+ +[\d.]+ s +between stages\n +[\d.]+ s +\d+ MB {2}in all/,
    );
  });

  it('takes settings from a file, and an option goes before it', async () => {
    const config = join(folder, 'tillside.train.json');
    await writeFile(config, JSON.stringify({ quick: true, neighbours: 7, seed: 5, recipe: { table: 'cooccurrence' } }));
    const { training, stderr } = await trained('configured', '--config', config, '--seed', '6');
    expect(training.settings).toMatchObject({ neighbours: 7, seed: 6, recipe: { table: 'cooccurrence' } });
    expect(stderr).toMatch(/table +cooccurrence +by config, instead of ease/);
  });

  it('tries settings inside the first 80 %, trains with the best and goes on later', async () => {
    const { stderr, training } = await trained('tried/bundle', '--epochs', '0', '--trials', '2');
    const log = join(folder, 'tried', 'trials.ndjson');
    const lines = (await readFile(log, 'utf8')).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { trial: number }).trial)).toEqual([1, 2]);
    const [, neighbours] = /best of 2: trial \d, tables, neighbours (\d+)/.exec(stderr) ?? [];
    expect(training.settings).toMatchObject({ neighbours: Number(neighbours) });
    expect(await readFile(join(folder, 'tried', 'trials.html'), 'utf8')).toContain('Which settings are best?');
    const again = await trained('tried/bundle', '--epochs', '0', '--trials', '3');
    expect(again.stderr).toContain('2 of 3 trials are done already');
    expect(again.stderr).toContain('best of 3');
  });

  it('starts from an older bundle with its version and says which', async () => {
    await trained('older', '--quick', '--version', '7');
    const { version, training } = await trained('newer', '--quick', '--from', join(folder, 'older'));
    expect(version).toBe(8);
    expect(training.from).toEqual({ id: expect.stringMatching(/^[0-9a-f]{16}$/), version: 7 });
    await expect(trained('none', '--quick', '--from', join(folder, 'nowhere'))).rejects.toMatchObject({
      code: 'bundle-unreachable',
    });
  });
});
