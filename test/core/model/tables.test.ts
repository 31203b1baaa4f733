import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemFacts } from '../../../src/core/domain/item.js';
import { codeOf } from '../../../src/core/errors.js';
import { encodeCatalog, parseCatalog } from '../../../src/core/model/catalog.js';
import { createItemColumns, decodeItemFacts, encodeItemFacts } from '../../../src/core/model/item-facts.js';
import { createItemIndex } from '../../../src/core/model/item-index.js';
import { createVocabulary, encodeVocabulary, parseVocabulary } from '../../../src/core/model/vocabulary.js';

const refusal = (work: () => unknown) => {
  try {
    work();
    return undefined;
  } catch (error) {
    return codeOf(error);
  }
};

describe('the vocabulary', () => {
  it('comes back as it was written, hostile names included', () => {
    const ids = fc.uniqueArray(
      fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('__proto__', 'constructor', 'toString', '1')),
    );
    fc.assert(
      fc.property(ids, fc.array(fc.string()), (itemIds, names) => {
        fc.pre(itemIds.length > 0);
        const aliases = new Map(names.map((name, i) => [name, 1 + (i % itemIds.length)]));
        const found = parseVocabulary(encodeVocabulary({ itemIds, aliases }));
        expect(found.itemIds).toEqual(itemIds);
        for (const [alias, row] of aliases)
          expect(found.rowOf(alias)).toBe(itemIds.includes(alias) ? itemIds.indexOf(alias) + 1 : row);
        itemIds.forEach((id, i) => {
          expect(found.rowOf(id)).toBe(i + 1);
        });
      }),
    );
  });

  it('knows nothing but what it lists', () => {
    const { rowOf } = parseVocabulary('{"items":["a"],"aliases":{"__proto__":1}}');
    expect(['__proto__', 'constructor', 'toString', 'b', ''].map(rowOf)).toEqual([1, 0, 0, 0, 0]);
  });

  it('is refused with duplicates, values that are no ids and aliases of no row', () => {
    const bad = [
      '{"items":["a","a"]}',
      '{"items":["a",1]}',
      '{"items":[""]}',
      '{"items":["a"],"aliases":{"b":2}}',
      '{"items":["a"],"aliases":{"b":"1"}}',
      '[]',
      '{"items":{}}',
      'x',
    ];
    for (const text of bad)
      expect(
        refusal(() => parseVocabulary(text)),
        text,
      ).toBe('model-invalid');
  });
});

describe('the item facts', () => {
  const u16 = fc.nat(65_535);
  const item = fc.record({
    price: fc.oneof(fc.constant(Number.NaN), fc.double({ min: 0, max: 1e6, noNaN: true }).map(Math.fround)),
    category: u16,
    brand: u16,
    popularity: fc.nat(255),
    boost: fc.integer({ min: -1, max: 1 }),
    available: fc.nat(1),
    family: fc.nat(),
    group: u16,
  });
  const columnsOf = fc.array(item, { minLength: 1, maxLength: 30 }).map((items) => {
    const columns = createItemColumns(items.length);
    items.forEach((facts, i) => {
      for (const name of ['price', 'category', 'brand', 'popularity', 'boost', 'available'] as const)
        columns[name][i + 1] = facts[name];
      columns.family[i + 1] = 1 + (facts.family % items.length);
      columns.group[i + 1] = facts.group > 0 ? items.length + facts.group : i + 1;
    });
    return columns;
  });

  it('come back as they were written, in 10 bytes an item, 4 more for a variant and 2 for one of a group', () => {
    fc.assert(
      fc.property(columnsOf, (columns) => {
        const bytes = encodeItemFacts(columns);
        expect(decodeItemFacts(bytes)).toEqual(columns);
        const variants = columns.family.filter((parent, row) => parent !== row).length;
        const grouped = columns.group.filter((label, row) => label !== row).length;
        expect(bytes).toHaveLength(12 + 10 * columns.count + 4 * variants + 2 * grouped);
      }),
    );
  });

  it('are refused when cut off, padded or out of range, whatever byte changes', () => {
    fc.assert(
      fc.property(columnsOf, fc.nat(), fc.nat(255), (columns, at, value) => {
        const bytes = encodeItemFacts(columns);
        expect(refusal(() => decodeItemFacts(bytes.subarray(0, at % bytes.length)))).toBe('model-invalid');
        expect(refusal(() => decodeItemFacts(new Uint8Array([...bytes, 0])))).toBe('model-invalid');
        const changed = bytes.with(at % bytes.length, value);
        const code = refusal(() => {
          const found = decodeItemFacts(changed);
          for (const family of found.family.subarray(1)) expect(family >= 1 && family <= found.count).toBe(true);
          for (const price of found.price.subarray(1))
            expect(Number.isNaN(price) || (price >= 0 && Number.isFinite(price))).toBe(true);
          for (const boost of found.boost) expect(Math.abs(boost)).toBeLessThanOrEqual(1);
        });
        expect([undefined, 'model-invalid']).toContain(code);
      }),
    );
  });

  it('become an index whose price bands are deciles of the known prices', () => {
    const columns = createItemColumns(22);
    for (let row = 1; row <= 20; row++) columns.price[row] = 21 - row;
    columns.price[22] = 1;
    columns.popularity[1] = 255;
    columns.boost[2] = -1;
    columns.available[3] = 0;
    const itemIds = Array.from({ length: 22 }, (_, i) => `i${i + 1}`);
    const index = createItemIndex(createVocabulary(itemIds, new Map()), columns);
    expect([20, 22, 19, 1, 2, 21, 0].map(index.priceBandOf)).toEqual([1, 1, 1, 10, 10, 0, 0]);
    expect([index.popularityOf(1), index.popularityOf(2), index.popularityOf(0)]).toEqual([1, 0, 0]);
    expect([index.boostOf(2), index.isAvailable(3), index.isAvailable(1), index.isAvailable(0)]).toEqual([
      -1,
      false,
      true,
      false,
    ]);
    expect([index.itemIdOf(5), index.itemIdOf(0), index.familyOf(5), index.priceOf(0)]).toEqual(['i5', '', 5, Number.NaN]);
    expect(refusal(() => createItemIndex(createVocabulary(['a'], new Map()), columns))).toBe('model-invalid');
  });
});

describe('the catalogue', () => {
  const of = (columns: object, itemIds = ['a']) => parseCatalog(JSON.stringify(columns), itemIds).factsOf(1);

  it('comes back as it was written', () => {
    const facts: ItemFacts[] = [
      { itemId: 'a', title: 'Mug', price: 1234567.89, currency: 'JPY', category: 'Kitchen > Mugs', availability: 'in_stock' },
      {
        itemId: 'b',
        title: 'Plate',
        currency: 'JPY',
        url: 'https://shop.test/b',
        imageUrl: '//cdn.test/b.jpg',
        brand: 'B',
        variantOf: 'a',
        boost: -1,
        availability: 'in_stock',
      },
    ];
    const text = encodeCatalog(facts);
    const { factsOf } = parseCatalog(text, ['a', 'b']);
    expect([factsOf(1), factsOf(2)]).toEqual(facts);
    expect(JSON.parse(text)).toMatchObject({ currency: 'JPY', availability: 'in_stock' });
    expect(factsOf(1)).toBe(factsOf(1));
  });

  it('says an address that differs by the item’s id alone once', () => {
    const ids = ['1', '85099B', '$&', 'v'];
    const facts = ids.map((itemId): ItemFacts => ({ itemId, url: `/v1/${itemId}?x`, imageUrl: `/${itemId}/${itemId}.jpg` }));
    const text = encodeCatalog(facts);
    expect(JSON.parse(text)).toEqual({ url: '/v1/{id}?x', imageUrl: '/{id}/{id}.jpg' });
    const { factsOf } = parseCatalog(text, ids);
    expect(ids.map((_, i) => factsOf(i + 1))).toEqual(facts);
  });

  it.each([
    ['one address is another', ['/p/a', '/p/c']],
    ['an item has none', ['/p/a', undefined]],
    ['it holds {id} itself', ['/p/{id}', '/p/{id}']],
    ['it holds {id} beside the id', ['/p/{id}/a', '/p/{id}/b']],
  ])('writes addresses out where %s', (_, [a, b]) => {
    const facts: ItemFacts[] = [
      { itemId: 'a', ...(a && { url: a }) },
      { itemId: 'b', ...(b && { url: b }) },
    ];
    const text = encodeCatalog(facts);
    expect(JSON.parse(text)).toEqual({ url: [a, b ?? null] });
    const { factsOf } = parseCatalog(text, ['a', 'b']);
    expect([factsOf(1), factsOf(2)]).toEqual(facts);
  });

  it('keeps the facts of what it was asked for, not of the whole of a large one', () => {
    const itemIds = Array.from({ length: 5_000 }, (_, i) => `i${i}`);
    const { factsOf } = parseCatalog('{}', itemIds);
    const [first, second] = [factsOf(1), factsOf(2)];
    expect([factsOf(1) === first, factsOf(2) === second]).toEqual([true, true]);
    for (let row = 3; row <= itemIds.length; row++) factsOf(row);
    expect([factsOf(1) === first, factsOf(2) === second]).toEqual([false, false]);
    expect(factsOf(1)).toEqual(first);
  });

  it('keeps only http(s) and relative URLs, as a browser would read them', () => {
    const safe = ['/p/1', 'p/1', '?a=1', 'https://shop.test/a b', 'HTTP://shop.test', '//cdn.test/x.jpg'];
    const bad = [
      'javascript:alert(1)',
      'java\nscript:alert(1)',
      '\u0001javascript:alert(1)',
      ' \tJaVaScRiPt:x',
      'data:text/html,x',
      'vbscript:x',
      'blob:x',
      'file:///x',
      '',
      7,
      null,
      {},
    ];
    for (const url of safe) expect(of({ url, imageUrl: url }), url).toEqual({ itemId: 'a', url, imageUrl: url });
    for (const url of bad) expect(of({ url, imageUrl: [url] }), String(url)).toEqual({ itemId: 'a' });
  });

  it('cuts titles and drops what only deceives', () => {
    expect(of({ title: 'x'.repeat(1_000_000) }).title).toHaveLength(300);
    expect(of({ title: `${'x'.repeat(299)}😀` }).title).toBe('x'.repeat(299));
    expect(of({ title: ' \u202eguM\u0000 \n' }).title).toBe('guM');
    expect(of({ title: '"><img src=x onerror=alert(1)>' }).title).toBe('"><img src=x onerror=alert(1)>');
  });

  it('leaves out a value that is not what it should be, and never throws for a row', () => {
    const names = ['title', 'price', 'currency', 'url', 'imageUrl', 'category', 'brand', 'availability', 'variantOf', 'boost'];
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(...names),
          fc.jsonValue().filter((value) => !Array.isArray(value)),
        ),
        (columns) => {
          const facts = of(columns);
          expect(facts.itemId).toBe('a');
          for (const value of Object.values(facts)) expect(['string', 'number']).toContain(typeof value);
        },
      ),
    );
    expect(of({ price: -1, currency: 'gbp', availability: 'maybe', boost: 7 })).toEqual({ itemId: 'a' });
    expect(of(JSON.parse('{"__proto__":{"title":"x"},"constructor":{"price":1}}') as object)).toEqual({ itemId: 'a' });
  });

  it('is refused when a column has another length than the vocabulary', () => {
    for (const columns of [{ title: ['a', 'b'] }, { price: [] }, [], null])
      expect(refusal(() => of(columns as object))).toBe('model-invalid');
  });
});
