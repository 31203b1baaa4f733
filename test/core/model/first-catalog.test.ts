import { describe, expect, it } from 'vitest';
import { encodeFirstCatalog, parseFirstCatalog } from '../../../src/core/model/first-catalog.js';
import { createItemColumns } from '../../../src/core/model/item-facts.js';

const itemIds = Array.from({ length: 12 }, (_, i) => `i${i + 1}`);
const CARDS = [2, 3, 9];

/** Row 7 is what 2 and 8 are variants of, 4 what 5 is; 3, 10 and 12 are near-duplicates, and 1 and 6. */
function encoded(): string {
  const columns = createItemColumns(12);
  for (const [row, parent] of [
    [2, 7],
    [8, 7],
    [5, 4],
  ] as const)
    columns.family[row] = parent;
  for (const row of [3, 10, 12]) columns.group[row] = 12 + 40;
  for (const row of [1, 6]) columns.group[row] = 12 + 41;
  const cards = CARDS.map((row) => ({ itemId: `i${row}`, title: `Item ${row}`, url: `/p/i${row}` }));
  return encodeFirstCatalog(cards, CARDS, columns);
}

describe('the first catalogue', () => {
  const { columns, factsOf, hasCard } = parseFirstCatalog(encoded(), itemIds);

  it('has the cards of its rows, and tells who is kin to one of them', () => {
    expect(itemIds.map((_, i) => i + 1).filter(hasCard)).toEqual(CARDS);
    expect(factsOf(9)).toEqual({ itemId: 'i9', title: 'Item 9', url: '/p/i9' });
    expect(factsOf(4)).toEqual({ itemId: 'i4', availability: 'out_of_stock' });
    expect(new Set([2, 7, 8].map((row) => columns.family[row])).size).toBe(1);
    expect(new Set([3, 10, 12].map((row) => columns.group[row])).size).toBe(1);
    expect(columns.group[3]).toBeGreaterThan(12);
    expect(new Set(columns.family).size).toBe(13 - 2);
  });

  it('leaves out kin of which none has a card', () => {
    expect([columns.family[5], columns.group[1], columns.group[6]]).toEqual([5, 1, 6]);
    expect(JSON.parse(encoded())).toMatchObject({
      cardSteps: [2, 1, 6, 0],
      familySteps: [2, 5, 1, 0],
      groupSteps: [3, 7, 2, 0],
    });
  });

  it('takes no row that there is not', () => {
    const odd = { cardSteps: [40, 0], title: ['x'], familySteps: [11, 7, 0], groupSteps: [11, 2 ** 40, 'x', null, 0] };
    const read = parseFirstCatalog(JSON.stringify(odd), itemIds);
    expect([read.columns.family.length, read.columns.group.length]).toEqual([13, 13]);
    expect(read.factsOf(11)).toEqual({ itemId: 'i11', availability: 'out_of_stock' });
  });

  it('is refused where its columns are not of its cards, and as one of before', () => {
    for (const text of ['{"cardSteps":[1,1,0],"title":["a"]}', '{"rows":[1],"title":["a"]}', '[]', '7'])
      expect(() => parseFirstCatalog(text, itemIds), text).toThrow('Train the bundle again.');
  });
});
