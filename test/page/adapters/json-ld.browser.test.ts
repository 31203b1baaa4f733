import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemFacts } from '../../../src/core/domain/item.js';
import { readProducts } from '../../../src/page/adapters/json-ld.js';

function read(...texts: string[]): { facts: ItemFacts[]; errors: string[] } {
  const root = document.createElement('div');
  for (const text of texts) {
    const script = root.appendChild(document.createElement('script'));
    script.type = 'application/ld+json';
    script.textContent = text;
  }
  const errors: string[] = [];
  const facts = [...root.children].flatMap((script) =>
    readProducts(script, (_code, message) => errors.push(message)).flatMap((product) => product.facts),
  );
  return { facts, errors };
}
const factsOf = (value: unknown) => read(JSON.stringify(value)).facts;
const product = (fields: object) => ({ '@context': 'https://schema.org', '@type': 'Product', sku: 'a', ...fields });

describe('JSON-LD', () => {
  it('gives what a card shows of a product', () => {
    const facts = factsOf(
      product({
        name: 'Red lamp',
        brand: { '@type': 'Brand', name: 'Lumen' },
        category: 'Home > Lamps',
        image: ['https://shop.example/a.jpg', 'https://shop.example/b.jpg'],
        url: '/products/a',
        offers: { '@type': 'Offer', price: '12.50', priceCurrency: 'GBP', availability: 'https://schema.org/InStock' },
      }),
    );
    expect(facts).toEqual([
      {
        itemId: 'a',
        title: 'Red lamp',
        brand: 'Lumen',
        category: 'Home > Lamps',
        imageUrl: 'https://shop.example/a.jpg',
        url: '/products/a',
        price: 12.5,
        currency: 'GBP',
        availability: 'in_stock',
      },
    ]);
  });

  it.each([
    ['an array', [product({})]],
    ['a graph', { '@graph': [{ '@type': 'WebSite' }, product({})] }],
    ['a page’s main entity', { '@type': 'ItemPage', mainEntity: product({}) }],
    ['a list', { '@type': 'ItemList', itemListElement: [{ '@type': 'ListItem', item: product({}) }] }],
    ['several types', product({ '@type': ['Thing', 'Product'] })],
    ['a type with its prefix', product({ '@type': 'http://schema.org/Product' })],
  ])('finds a product in %s', (_where, value) => {
    expect(factsOf(value)).toEqual([{ itemId: 'a' }]);
  });

  it('is not about a product where there is none', () => {
    expect(factsOf({ '@type': 'ProductCollection', sku: 'a', note: 'Product' })).toEqual([]);
  });

  it('gives the same facts under every id: productID, sku, gtin', () => {
    const facts = factsOf(product({ productID: 77, gtin13: '5012345678900', name: 'Lamp' }));
    expect(facts.map(({ itemId, title }) => [itemId, title])).toEqual([
      ['77', 'Lamp'],
      ['a', 'Lamp'],
      ['5012345678900', 'Lamp'],
    ]);
  });

  it('gives a group’s variants with what they inherit', () => {
    const facts = factsOf({
      '@type': 'ProductGroup',
      productGroupID: 'g',
      name: 'Lamp',
      hasVariant: [product({ sku: 'g-red', name: 'Red lamp', offers: { price: 5 } }), product({ sku: 'g-blue' })],
    });
    expect(facts).toEqual([
      { itemId: 'g', title: 'Lamp' },
      { itemId: 'g-red', title: 'Red lamp', price: 5, variantOf: 'g' },
      { itemId: 'g-blue', title: 'Lamp', variantOf: 'g' },
    ]);
  });

  it.each([
    ['a number', { price: 12.5 }, 12.5],
    ['a string', { price: '12.50' }, 12.5],
    ['a string with a thousands comma', { price: '1,299.00' }, 1299],
    ['a string with a decimal comma', { price: '12,50' }, 12.5],
    ['zero', { price: 0 }, 0],
    ['the lowest of an AggregateOffer', { '@type': 'AggregateOffer', lowPrice: '9', highPrice: '20' }, 9],
    ['the first of an array', [{ price: '7' }, { price: '8' }], 7],
    ['an offer within an AggregateOffer', { '@type': 'AggregateOffer', offers: [{ price: '6' }] }, 6],
    ['a price specification', { priceSpecification: [{ price: '5.00', priceCurrency: 'GBP' }] }, 5],
    ['no price: a word', { price: 'on request' }, undefined],
    ['no price: a negative', { price: -1 }, undefined],
    ['no price: an empty string', { price: '' }, undefined],
  ])('reads %s', (_form, offers, price) => {
    expect(factsOf(product({ offers }))[0]?.price).toBe(price);
  });

  it.each([
    ['InStock', 'in_stock'],
    ['http://schema.org/InStock', 'in_stock'],
    ['https://schema.org/LimitedAvailability', 'in_stock'],
    ['https://schema.org/OutOfStock', 'out_of_stock'],
    ['SoldOut', 'out_of_stock'],
    ['Discontinued', 'out_of_stock'],
    ['PreOrder', 'preorder'],
    ['BackOrder', 'backorder'],
    ['Whatever', undefined],
  ])('reads the availability %s as %s', (availability, expected) => {
    expect(factsOf(product({ offers: { availability } }))[0]?.availability).toBe(expected);
  });

  it('calls a product available when one of its offers is', () => {
    const offers = [{ availability: 'OutOfStock' }, { availability: 'InStock' }];
    expect(factsOf(product({ offers }))[0]?.availability).toBe('in_stock');
  });

  it('leaves out a script that is no JSON, with one diagnostic, and reads the others', () => {
    const { facts, errors } = read('{"@type":"Product",}', JSON.stringify(product({})));
    expect(facts).toEqual([{ itemId: 'a' }]);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain('{\\"@type\\":\\"Product\\",}');
  });

  it('does not parse a script of megabytes', () => {
    const { facts, errors } = read(JSON.stringify(product({ name: 'x'.repeat(1_000_000) })));
    expect(facts).toEqual([]);
    expect(errors[0]).toMatch(/more than 500000/);
  });

  it('cuts a title that no card can show', () => {
    expect(factsOf(product({ name: 'x'.repeat(400_000) }))[0]?.title).toHaveLength(300);
  });

  it('takes nothing from __proto__ and pollutes nothing', () => {
    const text =
      '{"@type":"Product","sku":"a","__proto__":{"name":"polluted","polluted":true},"constructor":{"prototype":{"polluted":true}}}';
    expect(read(text).facts).toEqual([{ itemId: 'a' }]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('stops at 200 products and at a depth no shop has', () => {
    expect(factsOf(Array.from({ length: 1_000 }, (_, at) => product({ sku: `i${at}` })))).toHaveLength(200);
    let nested: unknown = product({});
    for (let depth = 0; depth < 5_000; depth++) nested = { '@graph': [nested] };
    expect(factsOf(nested)).toEqual([]);
  });

  it('never throws and gives only sound facts, whatever a page holds', () => {
    const hostile = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('', 'Infinity', '__proto__', 1e308, -1, null, [[]], { '@value': 'x' }),
    );
    const field = fc.constantFrom(
      '@type',
      'name',
      'sku',
      'productID',
      'offers',
      'brand',
      'image',
      'category',
      'hasVariant',
      '@graph',
      '__proto__',
    );
    const node = fc
      .tuple(fc.dictionary(field, hostile), fc.boolean())
      .map(([fields, isProduct]) => (isProduct ? product(fields) : fields));
    fc.assert(
      fc.property(node, (value) => {
        for (const fact of factsOf(value)) {
          expect(fact.itemId).toMatch(/^.{1,128}$/s);
          expect(fact.title?.length ?? 0).toBeLessThanOrEqual(300);
          expect(fact.price === undefined || (Number.isFinite(fact.price) && fact.price >= 0)).toBe(true);
        }
      }),
    );
  });
});
