import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/train/commands/evaluate.js';
import { predict } from '../../../src/train/commands/predict.js';
import { train } from '../../../src/train/commands/train.js';
import { verify } from '../../../src/train/commands/verify.js';
import { runCommand } from '../../support/run-command.js';

let folder: string;
let events: string;
let catalog: string;
let bundle: string;
let printed: Awaited<ReturnType<typeof runCommand>>;

/** Carts of two items that go together, x-n with y-n, on successive days. */
function carts(from: number, to: number): string {
  const rows = Array.from({ length: to - from }, (_, i) => {
    const day = new Date(Date.UTC(2026, 0, 1 + from + i)).toISOString();
    const pair = (from + i) % 8;
    return ['x', 'y', 'z'].map((name) => `o${from + i},${name}-${name === 'z' ? 0 : pair},purchase,${day},v${i % 40}`).join('\n');
  });
  return `session_id,item_id,type,occurred_at,visitor_id\n${rows.join('\n')}\n,broken,purchase,1,v\n`;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillside-train-'));
  events = join(folder, 'events.csv');
  catalog = join(folder, 'catalog.csv');
  bundle = join(folder, 'bundle');
  await writeFile(events, carts(0, 240));
  const items = ['z-0', ...Array.from({ length: 8 }, (_, i) => [`x-${i}`, `y-${i}`]).flat()];
  await writeFile(catalog, `item_id,title,price,currency\n${items.map((item) => `${item},Item ${item},2.50,EUR`).join('\n')}\n`);
  printed = await runCommand(train, '--events', events, '--catalog', catalog, '--out', bundle, '--epochs', '0');
});
afterAll(() => rm(folder, { recursive: true }));

describe('train', () => {
  it('writes a bundle that a browser would accept, and prints its files', async () => {
    expect(printed.code).toBe(0);
    expect((await runCommand(verify, '--bundle', bundle)).stdout).toMatch(/^ok: bundle .* tables only/);
    for (const name of await readdir(bundle)) expect(printed.stdout).toContain(name);
  });

  it('says what was read and what was skipped, and prints figures beside the baselines', () => {
    expect(printed.stderr).toContain('720 events, 240 carts');
    expect(printed.stderr).toMatch(/1 of 721 rows skipped:\n {2}1 × no session_id/);
    for (const method of ['tillside', 'popularity', 'cosine-weighted', 'vs-knn'])
      expect(printed.stdout).toContain(`\n${method} `);
  });

  it('records until when it was fitted and on what', async () => {
    const manifest = JSON.parse(await readFile(join(bundle, 'manifest.json'), 'utf8')) as {
      training: object;
      metrics: { tables: unknown[] };
    };
    expect(manifest.training).toMatchObject({
      until: new Date(Date.UTC(2026, 0, 240)).toISOString(),
      sessions: 240,
      events: 720,
    });
    expect(manifest.metrics.tables.length).toBeGreaterThan(0);
  });

  it('teaches predict what goes together', async () => {
    const sessions = join(folder, 'sessions.ndjson');
    const event = { item_id: 'x-3', type: 'add_to_cart', occurred_at: Date.UTC(2026, 11, 1) };
    await writeFile(sessions, JSON.stringify({ id: 1, events: [event] }));
    const { stdout } = await runCommand(predict, '--bundle', bundle, '--sessions', sessions, '--k', '2');
    expect((JSON.parse(stdout) as { items: string[] }).items).toContain('y-3');
  });
});

describe('evaluate', () => {
  it('measures on later sessions only', async () => {
    const later = join(folder, 'later.csv');
    await writeFile(later, carts(200, 300));
    const { stdout } = await runCommand(
      evaluate,
      '--bundle',
      bundle,
      '--events',
      later,
      '--protocol',
      'masked-basket',
      '--history',
      '0',
      '--json',
    );
    const report = JSON.parse(stdout) as { split: object; tables: { slice: string; queries: number }[] };
    expect(report.split).toMatchObject({ trainSessions: 40, testSessions: 60 });
    expect(report.tables.find(({ slice }) => slice === 'all')?.queries).toBe(60);
  });

  it('repeats the 80/20 protocol with the bundle’s settings, on several masks', async () => {
    const args = [
      '--bundle',
      bundle,
      '--events',
      events,
      '--retrain',
      '--protocol',
      'masked-basket',
      '--seeds',
      '2',
      '--history',
      '0',
    ];
    const { stdout } = await runCommand(evaluate, ...args);
    expect(stdout).toContain('192 sessions before the split, 48 after it');
    expect(stdout).toContain('masked-basket · all · 96 queries · seeds 1, 2');
  });

  it('measures beside the baselines asked for, and writes a page for the people who run the shop', async () => {
    const later = join(folder, 'next.csv');
    const html = join(folder, 'report.html');
    await writeFile(later, carts(200, 300));
    const args = ['--bundle', bundle, '--events', later, '--baselines', 'cosine,ease', '--html', html, '--json'];
    const { stdout } = await runCommand(evaluate, ...args);
    const report = JSON.parse(stdout) as {
      tuned: { name: string; tried: number }[];
      tables: { methods: { method: string }[] }[];
    };
    expect(report.tuned.map(({ name, tried }) => [name, tried])).toEqual([
      ['cosine', 0],
      ['ease', 5],
    ]);
    expect(report.tables[0]?.methods.map(({ method }) => method)).toEqual(['tillside', 'cosine', 'ease']);
    const page = await readFile(html, 'utf8');
    expect(page).toContain('How good are the suggestions?');
    expect(page.match(/<article class="cart">/g)).toHaveLength(20);
    expect(page).toContain('often bought with Item x-');
    const wrong = runCommand(evaluate, '--bundle', bundle, '--events', later, '--baselines', 'magic');
    await expect(wrong).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('user-pearson') });
  });
});
