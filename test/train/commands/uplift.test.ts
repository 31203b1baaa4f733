import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uplift } from '../../../src/train/commands/uplift.js';
import { runCommand } from '../../support/run-command.js';
import { simulateOrders } from '../uplift/simulate-orders.js';

let folder: string;
let orders: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillside-uplift-'));
  orders = join(folder, 'orders.csv');
  const rows = simulateOrders(4, { addOn: 0.4, conversion: 1 }).orderExport.orders.map(
    ({ orderId, orderedAt = 0, total, currency, arm, units }) =>
      [
        `<script>${orderId}`,
        new Date(orderedAt + Date.UTC(2026, 4, 4)).toISOString(),
        total.toFixed(2),
        currency,
        arm,
        units,
      ].join(),
  );
  await writeFile(orders, ['order_id,date,total,currency,arm,items', ...rows].join('\n'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('tillside uplift', () => {
  it('prints the answer, each figure with its interval, and what they cannot say', async () => {
    const { code, stdout } = await runCommand(uplift, '--orders', orders);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Suggestions raise the average order value, by \+[\d.]+ % \(\+[\d.]+ % to \+[\d.]+ %\)\./);
    for (const name of ['Average order value', 'Add-on rate', 'Units per order']) expect(stdout).toContain(name);
    expect(stdout).toContain('as it should be');
    expect(stdout).toContain('Missing: Conversion cannot be told from orders alone');
    expect(stdout).toContain('What the figures cannot say:');
  });

  it('prints JSON that holds the same', async () => {
    const { stdout } = await runCommand(uplift, '--orders', orders, '--json', '--visitors', '27000,3000', '--effect', '0.1');
    const report = JSON.parse(stdout);
    expect(report.comparisons.map(({ metric }: { metric: string }) => metric)).toContain('revenuePerVisitor');
    expect(report.check).toMatchObject({ of: 'visitors', expected: 0.1 });
    expect(report.power.effect).toBe(0.1);
  });

  it('writes a page that asks for nothing and runs nothing', async () => {
    const file = join(folder, 'report.html');
    await runCommand(uplift, '--orders', orders, '--visitors', '27000,3000', '--html', file);
    const html = await readFile(file, 'utf8');
    expect(html).toContain('<h1>Do suggestions pay?</h1>');
    for (const heading of ['What changes', 'Week by week', 'By cart size', 'Can it be trusted?', 'What these figures cannot say'])
      expect(html).toContain(`<h2>${heading}</h2>`);
    expect(html.match(/<svg /g)).toHaveLength(3);
    expect(html).not.toMatch(/<script|<link|<img|https?:|NaN|Infinity|undefined/);
  });

  it.each([
    [['--orders', 'none.csv'], 'input-missing'],
    [[], 'usage'],
    [['--orders', 'x', '--holdout', '10'], 'usage'],
    [['--orders', 'x', '--holdout', ''], 'usage'],
    [['--orders', 'x', '--visitors', '100'], 'usage'],
    [['--orders', 'x', '--visitors', '1,2,3'], 'usage'],
    [['--orders', 'x', '--effect', '0'], 'usage'],
    [['--orders', 'x', '--since', 'May'], 'usage'],
  ])('refuses %j', async (args, code) => {
    await expect(runCommand(uplift, ...args)).rejects.toMatchObject({ code });
  });

  it('checks its options before it reads', async () => {
    await expect(runCommand(uplift, '--orders', 'none.csv', '--holdout', '2')).rejects.toMatchObject({ code: 'usage' });
  });
});
