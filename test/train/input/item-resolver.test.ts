import { describe, expect, it } from 'vitest';
import { createItemResolver } from '../../../src/train/input/item-resolver.js';

const { resolve } = createItemResolver([
  { itemId: 'red', title: 'Lamp - Red', variantOf: 'lamp', sku: 'L-1', gtin: '501' },
  { itemId: 'blue', title: 'Lamp - Blue', variantOf: 'lamp', sku: 'L-2', gtin: '502' },
  { itemId: 'cup', title: 'Cup', sku: 'same' },
  { itemId: 'mug', title: 'Mug', sku: 'same' },
  { itemId: 'tea', title: 'Tea' },
  { itemId: 'tea-2', title: 'tea' },
]);

describe('createItemResolver', () => {
  it.each([
    ['its id', ['blue'], undefined, 'blue'],
    ['its SKU', ['L-2'], undefined, 'blue'],
    ['its GTIN', ['501'], undefined, 'red'],
    ['its product, for which the first variant stands', ['lamp'], undefined, 'red'],
    ['a later id where the first is unknown', [null, '999', 'L-2'], 'Cup', 'blue'],
    ['its title, whatever the case', [null], 'LAMP -  blue', 'blue'],
    ['the title of its product', ['?'], 'Lamp', 'red'],
    ['a SKU of two items by its title', ['same'], 'Mug', 'mug'],
  ])('finds an item by %s', (_, ids, title, itemId) => {
    expect(resolve({ ids, title })).toBe(itemId);
  });

  it('finds none by a SKU or title that two items share, nor by one that nothing has', () => {
    expect([resolve({ ids: ['same'] }), resolve({ ids: [], title: 'Tea' }), resolve({ ids: ['?'], title: '?' })]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
