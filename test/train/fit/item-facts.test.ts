import { describe, expect, it } from 'vitest';
import { fitItems, medianPrices } from '../../../src/train/fit/item-facts.js';
import { fitVocabulary } from '../../../src/train/fit/vocabulary.js';
import type { CatalogRow } from '../../../src/train/event-log.js';
import { aLog } from '../../support/a-log.js';

const CATALOG: CatalogRow[] = [
  { itemId: 'mug-red', title: 'Mug, red', price: 4, variantOf: 'mug', sku: 'M1', margin: 0.6, category: 'Kitchen' },
  { itemId: 'mug-blue', title: 'Mug, blue', price: 4, variantOf: 'mug', sku: 'M2', margin: 0.1, category: 'Kitchen' },
  { itemId: 'lamp', title: 'Lamp', price: 20, sku: 'L', margin: 0.3, availability: 'out_of_stock' },
  { itemId: 'vase', title: 'Vase', sku: 'L' },
  { itemId: 'bag-a', title: 'Charlotte Bag Red', price: 2 },
  { itemId: 'bag-b', title: 'Blue Charlotte bag', price: 3 },
];

function fitted() {
  const log = aLog([{ events: ['lamp', 'mug-blue'] }, { events: ['mug-blue', 'mug-red'] }, { events: ['mug-blue', 'secret'] }]);
  const range = { from: 0, to: 3 };
  const vocabulary = fitVocabulary(log, range, CATALOG);
  const items = fitItems(vocabulary, CATALOG, medianPrices(log, range, vocabulary));
  const rowOf = (itemId: string) => vocabulary.itemIds.indexOf(itemId) + 1;
  return { items, rowOf };
}

describe('fitItems', () => {
  it('puts variants of a product that is not sold itself into one family, under its name', () => {
    const { items, rowOf } = fitted();
    expect(items.columns.family[rowOf('mug-red')]).toBe(items.columns.family[rowOf('mug-blue')]);
    expect(items.aliases.get('mug')).toBe(rowOf('mug-blue'));
    expect(items.columns.family[rowOf('lamp')]).toBe(rowOf('lamp'));
  });

  it('groups items by title, which is no family and no name of any', () => {
    const { items, rowOf } = fitted();
    const { family, group } = items.columns;
    const rows = ['bag-a', 'bag-b', 'lamp'].map(rowOf) as [number, number, number];
    expect(group[rows[0]]).toBe(group[rows[1]]);
    expect(group[rows[0]]).toBeGreaterThan(items.columns.count);
    expect(group[rows[2]]).toBe(rows[2]);
    expect(rows.map((row) => family[row])).toEqual(rows);
    expect([...items.aliases.keys()]).toEqual(['M1', 'M2', 'mug']);
  });

  it('turns margins into three levels and lets none of them out', () => {
    const { items, rowOf } = fitted();
    expect(['mug-red', 'lamp', 'mug-blue', 'vase'].map((id) => items.columns.boost[rowOf(id)])).toEqual([1, 0, -1, 0]);
    expect(JSON.stringify(items.cards)).not.toMatch(/margin|sku|gtin|0\.6/);
  });

  it('leaves out an alias that two items share', () => {
    const { items, rowOf } = fitted();
    expect(items.aliases.has('L')).toBe(false);
    expect(items.aliases.get('M1')).toBe(rowOf('mug-red'));
  });

  it('ranks popularity from 255 down to 0 for what never sold, and knows what is out of stock', () => {
    const { items, rowOf } = fitted();
    expect(items.columns.popularity[rowOf('mug-blue')]).toBe(255);
    expect(items.columns.popularity[rowOf('vase')]).toBe(0);
    expect(items.columns.available[rowOf('lamp')]).toBe(0);
    expect(items.cards[rowOf('secret') - 1]).toEqual({ itemId: 'secret' });
  });
});
