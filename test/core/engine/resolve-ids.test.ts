import { expect, it } from 'vitest';
import { resolveIds } from '../../../src/core/engine/resolve-ids.js';
import { anItemIndex } from '../../support/an-item-index.js';

const index = anItemIndex([{ itemId: 'sku-1', alias: 'v11' }, { itemId: 'sku-2' }, { itemId: '102' }]);

it.each([
  [['v11'], 'sku-1'],
  [['9', 'sku-2'], 'sku-2'],
  [['9'], null],
  [[], null],
])('names %j %s', (ids, name) => {
  expect(resolveIds([ids], index)).toEqual([name]);
});

it('takes the item that most of the ids mean', () => {
  expect(resolveIds([['v11', 'sku-1', 'sku-2']], index)).toEqual(['sku-1']);
});

it('takes a SKU before a number of the platform that is another item’s SKU', () => {
  expect(resolveIds([['102', 'sku-2']], index)).toEqual(['sku-2']);
});

it('knows nothing without a catalogue', () => {
  expect(resolveIds([['sku-1']])).toEqual([null]);
});

it('takes the variant that is named before the product, which stands for the first of its variants', () => {
  const variants = anItemIndex([
    { itemId: 'red', variantOf: 'lamp', alias: 'lamp' },
    { itemId: 'blue', variantOf: 'lamp' },
  ]);
  expect(resolveIds([['9', 'blue', 'lamp'], ['lamp', 'blue'], ['red', 'lamp'], ['lamp']], variants)).toEqual([
    'blue',
    'blue',
    'red',
    'red',
  ]);
});
