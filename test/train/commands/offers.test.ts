import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspect } from '../../../src/train/commands/inspect.js';
import { offers } from '../../../src/train/commands/offers.js';
import { aBundleFolder } from '../../support/a-bundle-folder.js';
import { runCommand } from '../../support/run-command.js';

let bundle: Awaited<ReturnType<typeof aBundleFolder>>;
let folder: string;
beforeAll(async () => {
  bundle = await aBundleFolder();
  folder = await mkdtemp(join(tmpdir(), 'offers-'));
  await writeFile(
    join(folder, 'gb.csv'),
    'item_id,title,price,currency,availability\nitem-1,One,2.50,GBP,InStock\nsku-2,Two,3,GBP,out of stock\nother,Other,4,USD,\n',
  );
  await writeFile(join(folder, 'de.csv'), 'item_id,title,price,currency\nitem-1,Eins,2.90,EUR\nitem-3,Drei,,EUR\n');
});
afterAll(async () => {
  await bundle.remove();
  await rm(folder, { recursive: true });
});

const path = (name: string) => join(folder, name);
const written = async (name: string) => JSON.parse(await readFile(path(name), 'utf8'));

describe('offers', () => {
  it('writes the prices of each market and the stock of a catalogue', async () => {
    const catalogs = ['--catalog', path('gb.csv'), '--catalog', path('de.csv')];
    const markets = ['--market', 'uk=GBP', '--market', 'de=EUR', '--market', 'at=EUR'];
    const { code, stderr } = await runCommand(
      offers,
      ...catalogs,
      ...markets,
      '--out',
      path('offers.json'),
      '--valid-hours',
      '2',
    );
    expect(code).toBe(0);
    expect(stderr).toContain('2 rows have no price in uk (GBP), de (EUR), at (EUR)');
    const file = await written('offers.json');
    expect(file).toMatchObject({
      formatVersion: 1,
      refreshMinutes: 15,
      defaultMarket: 'uk',
      markets: { uk: { currency: 'GBP' }, de: { currency: 'EUR' }, at: { currency: 'EUR' } },
    });
    expect(file.items).toEqual({
      'item-1': { price: { uk: 2.5, de: 2.9, at: 2.9 }, availability: 'in_stock' },
      'sku-2': { price: { uk: 3 }, availability: 'out_of_stock' },
    });
    expect(Date.parse(file.validUntil) - Date.parse(file.generatedAt)).toBe(7_200_000);
  });

  it('makes a market of each currency where none is named', async () => {
    await runCommand(offers, '--catalog', path('gb.csv'), '--out', path('plain.json'));
    expect(await written('plain.json')).toMatchObject({
      markets: { gbp: { currency: 'GBP' }, usd: { currency: 'USD' } },
      items: { other: { price: { usd: 4 } } },
    });
  });

  it('says how many of its items a bundle knows, and inspect what it holds', async () => {
    const out = join(bundle.folder, 'offers.json');
    const { stderr } = await runCommand(offers, '--catalog', path('gb.csv'), '--out', out, '--bundle', bundle.folder);
    expect(stderr).toContain('2 items of the bundle, 1 ids that it does not know');
    const { stdout } = await runCommand(inspect, bundle.folder);
    expect(stdout).toMatch(/offers\.json: 2 items, 1 out of stock, 0 with a promotion; 1 ids that the bundle does not know/);
    expect(stdout).toMatch(/market gbp: 2 prices in GBP, the default/);
    const { offers: facts } = JSON.parse((await runCommand(inspect, bundle.folder, '--json')).stdout);
    expect(facts).toMatchObject({ items: 2, isExpired: false, defaultMarket: 'gbp', faults: [] });

    const file = JSON.parse(await readFile(out, 'utf8'));
    file.items['item-1'].price = { gbp: '2.50' };
    await writeFile(out, JSON.stringify({ ...file, validUntil: '2020-01-01T00:00:00Z' }));
    const later = (await runCommand(inspect, bundle.folder)).stdout;
    expect(later).toContain('prices are hidden: they were valid until 2020-01-01T00:00:00.000Z');
    expect(later).toMatch(/left out: items\.item-1\.price\.gbp: /);
    await rm(out);
  });

  it.each([
    [['--out', 'x.json'], 'usage', /--catalog is required/],
    [['--catalog', 'gb.csv'], 'usage', /--out is required/],
    [
      ['--catalog', 'gb.csv', '--out', 'x.json', '--market', 'gb'],
      'usage',
      /--market is "gb"; give a name and an ISO 4217 currency/,
    ],
    [['--catalog', 'gb.csv', '--out', 'x.json', '--valid-hours', '0'], 'usage', /--valid-hours is "0"/],
  ])('refuses %s', async (args, code, message) => {
    await expect(runCommand(offers, ...args)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('says what to do where a platform’s products name no currency', async () => {
    await writeFile(
      path('shopify.csv'),
      'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\nmug,Mug,Title,Default Title,M,8.00\n',
    );
    const catalog = ['--catalog', path('shopify.csv'), '--out', path('shopify.json')];
    await expect(runCommand(offers, ...catalog)).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringMatching(/no currency.*Shopify.*--market names none.*such as --market gb=GBP/),
    });
    expect((await runCommand(offers, ...catalog, '--market', 'gb=GBP')).code).toBe(0);
    expect((await written('shopify.json')).items).toEqual({ M: { price: { gb: 8 }, availability: 'in_stock' } });
  });

  it('refuses a catalogue that says neither a price nor stock, and a file that cannot be written', async () => {
    await writeFile(path('none.csv'), 'item_id,title,price,currency\na,A,,\n');
    await expect(runCommand(offers, '--catalog', path('none.csv'), '--out', path('x.json'))).rejects.toMatchObject({
      code: 'input-empty',
    });
    const nowhere = join(folder, 'none', 'x.json');
    await expect(runCommand(offers, '--catalog', path('gb.csv'), '--out', nowhere)).rejects.toMatchObject({
      code: 'output-invalid',
    });
  });
});
