import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMicrodataSource } from '../../../src/page/adapters/microdata.js';
import { countListeners, fakePage } from '../capture/fake-page.js';
import { recordedSink } from './recorded-sink.js';

const PRODUCT = 'itemscope itemtype="https://schema.org/Product"';
const OFFER = 'itemscope itemtype="https://schema.org/Offer"';

describe('microdata', () => {
  let page: ReturnType<typeof fakePage>;
  let told: ReturnType<typeof recordedSink>;
  let stops: (() => void)[];
  const start = () => {
    const stop = createMicrodataSource(page.context).start(told.sink);
    stops.push(stop);
    return stop;
  };
  const render = (html: string) => {
    document.body.innerHTML = html;
  };
  const pageIds = () => told.pages.map(({ itemId }) => itemId);

  beforeEach(() => {
    page = fakePage();
    told = recordedSink();
    stops = [];
  });
  afterEach(() => {
    for (const stop of stops) stop();
    page.close();
  });

  const facts = {
    itemId: '85123A',
    title: 'White Hanging Heart',
    brand: 'Lumen',
    category: 'Home > Light',
    imageUrl: '/img/heart.jpg',
    url: '/product/85123A',
    price: 2.95,
    currency: 'GBP',
    availability: 'in_stock',
  };

  it('gives the facts that JSON-LD would', () => {
    render(`<main ${PRODUCT}>
      <h1 itemprop="name">White   Hanging
        Heart</h1>
      <meta itemprop="sku" content="85123A"><link itemprop="category" href="x" content="Home > Light">
      <a itemprop="url" href="/product/85123A"><img itemprop="image" src="/img/heart.jpg" alt=""></a>
      <span itemprop="brand" itemscope itemtype="https://schema.org/Brand"><b itemprop="name">Lumen</b></span>
      <div itemprop="offers" ${OFFER}>
        <span itemprop="price" content="2.95">£2.95</span><meta itemprop="priceCurrency" content="GBP">
        <link itemprop="availability" href="https://schema.org/InStock">
      </div></main>`);
    start();
    expect(told.facts).toEqual([facts]);
    expect(told.itemIds).toEqual(['85123A']);
    expect(told.pages).toEqual([{ itemId: '85123A', aliases: [] }]);
  });

  it.each([
    ['RDFa under a vocabulary', 'vocab="https://schema.org/"', ''],
    ['RDFa with a prefix', 'prefix="schema: https://schema.org/"', 'schema:'],
  ])('gives them of %s', (_syntax, around, prefix) => {
    render(`<main ${around} typeof="${prefix}Product">
      <h1 property="${prefix}name">White Hanging Heart</h1><meta property="${prefix}sku" content="85123A">
      <meta property="${prefix}category" content="Home > Light"><a property="${prefix}url" href="/product/85123A">here</a>
      <img property="${prefix}image" src="/img/heart.jpg" alt="">
      <span property="${prefix}brand" typeof="${prefix}Brand"><b property="${prefix}name">Lumen</b></span>
      <div property="${prefix}offers" typeof="${prefix}Offer"><b property="${prefix}price">£2.95</b>
        <meta property="${prefix}priceCurrency" content="GBP">
        <link property="${prefix}availability" href="https://schema.org/InStock"></div></main>`);
    start();
    expect(told.facts).toEqual([facts]);
    expect(pageIds()).toEqual(['85123A']);
  });

  it('is about no product where another vocabulary has one', () => {
    render('<main vocab="https://example.org/" typeof="Product"><b property="sku">a</b></main>');
    start();
    expect(told.facts).toEqual([]);
  });

  it('of a group gives the variants with what they inherit', () => {
    render(`<main itemscope itemtype="https://schema.org/ProductGroup"><b itemprop="productGroupID">g</b><b itemprop="name">Lamp</b>
      <div itemprop="hasVariant" ${PRODUCT}><b itemprop="sku">g-red</b><div itemprop="offers" ${OFFER}><b itemprop="price">12,50</b></div></div>
    </main>`);
    start();
    expect(told.facts).toContainEqual({ itemId: 'g-red', title: 'Lamp', price: 12.5, variantOf: 'g' });
    expect(pageIds()).toEqual(['g']);
  });

  it.each([
    ['several products', `<div ${PRODUCT}><b itemprop="sku">a</b></div><div ${PRODUCT}><b itemprop="sku">b</b></div>`, []],
    [
      'a list',
      `<ul itemscope itemtype="https://schema.org/ItemList"><li itemprop="itemListElement" ${PRODUCT}><b itemprop="sku">a</b></li></ul>`,
      [],
    ],
    [
      'a product with related ones',
      `<div ${PRODUCT}><b itemprop="sku">a</b><div itemprop="isRelatedTo" ${PRODUCT}><b itemprop="sku">b</b></div></div>`,
      ['a'],
    ],
    [
      'the main entity of its page',
      `<div itemscope itemtype="https://schema.org/ItemPage"><div itemprop="mainEntity" ${PRODUCT}><b itemprop="sku">a</b></div></div>`,
      ['a'],
    ],
    [
      'the same product twice',
      `<div ${PRODUCT}><b itemprop="sku">a</b></div><div ${PRODUCT}><b itemprop="sku">a</b></div>`,
      ['a'],
    ],
    ['a product without an id', `<div ${PRODUCT}><b itemprop="name">Lamp</b></div>`, []],
  ])('with %s', (_what, html, ids) => {
    render(html);
    start();
    expect(pageIds()).toEqual(ids);
  });

  it('is read again when the page changes, and tells what is new only', async () => {
    render(`<main ${PRODUCT}><meta itemprop="sku" content="a"></main>`);
    start();
    document.body.append(document.createElement('p'));
    await page.pass(200);
    expect(told.facts).toEqual([{ itemId: 'a' }]);
    document.querySelector('main meta')?.setAttribute('content', 'b');
    await page.pass(200);
    expect(told.facts).toEqual([{ itemId: 'a' }, { itemId: 'b' }]);
    expect(pageIds()).toEqual(['a', 'b']);
  });

  it('is not read after the stop, which gives every listener back', async () => {
    const held = countListeners();
    render('');
    const stop = start();
    stop();
    expect(held()).toBe(0);
    render(`<main ${PRODUCT}><b itemprop="sku">a</b></main>`);
    await page.pass(1_000);
    expect(told.facts).toEqual([]);
  });

  it('keeps to what a page can hold: hundreds of products, deep nests, long texts, names of prototypes', () => {
    let nested = '<b itemprop="name">deep</b>';
    for (let depth = 0; depth < 300; depth++) nested = `<div itemprop="offers" ${OFFER}>${nested}</div>`;
    const many = Array.from({ length: 1_000 }, (_, at) => `<div ${PRODUCT}><b itemprop="sku">i${at}</b></div>`).join('');
    render(`<div ${PRODUCT}><b itemprop="sku">a</b><b itemprop="__proto__ constructor">x</b><b itemprop="name">${'x'.repeat(1e6)}</b>
      <img itemprop="image" src="data:image/gif;base64,AAAA" alt="">${nested}</div>${many}`);
    start();
    expect(told.facts).toHaveLength(200);
    expect(told.facts[0]).toEqual({ itemId: 'a', title: 'x'.repeat(300) });
    expect(({} as { x?: unknown }).x).toBeUndefined();
    expect(page.errors).toEqual([]);
  });
});
