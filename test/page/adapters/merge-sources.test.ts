import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CartLine } from '../../../src/core/domain/cart.js';
import type { CaptureContext } from '../../../src/page/capture/capture-context.js';
import { type ResolveIds, SourceMerger } from '../../../src/page/adapters/merge-sources.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The bundle knows every item as `sku:<letter>`; a platform calls it `<letter>` or `variant:<letter>`. */
const bySku: ResolveIds = async (groups) =>
  groups.map((ids) => {
    const sku = ids.find((itemId) => itemId.startsWith('sku:'));
    return sku ?? null;
  });

function merge(names: readonly string[], resolve: ResolveIds = bySku) {
  const told: { what: string; value: unknown }[] = [];
  const problems: string[] = [];
  const named: string[] = [];
  const say = (what: string) => (value: unknown) => void told.push({ what, value });
  const context = {
    now: () => performance.now(),
    onError: (code: string, message: string) => void problems.push(`${code}: ${message}`),
  } as CaptureContext;
  const merger = new SourceMerger(context, {
    order: names,
    resolve,
    sink: {
      mutation: say('mutation'),
      snapshot: say('snapshot'),
      products(facts: readonly unknown[], itemIds: readonly string[]) {
        if (facts.length) told.push({ what: 'products', value: facts });
        else named.push(...itemIds);
      },
      page: say('page'),
      event: say('event'),
    },
  });
  return {
    merger,
    told,
    named,
    problems,
    of: (name: string) => merger.sinkOf(name),
    pass: (ms: number) => vi.advanceTimersByTimeAsync(ms),
  };
}

const add = (itemId: string, aliases?: readonly string[]) => ({
  type: 'add_to_cart' as const,
  itemId,
  quantity: 1,
  ...(aliases && { aliases }),
});
const line = (itemId: string, quantity = 1): CartLine => ({ itemId, quantity });

describe('an add that several sources tell', () => {
  it('counts once, however the platform calls the item', async () => {
    const { of, told, pass } = merge(['markup', 'ga4']);
    of('ga4').mutation(add('sku:a'));
    of('markup').mutation(add('variant:a', ['sku:a']));
    await pass(0);
    expect(told).toEqual([{ what: 'mutation', value: { type: 'add_to_cart', itemId: 'sku:a', quantity: 1 } }]);
  });

  it('counts twice when each source tells it twice', async () => {
    const { of, told, pass } = merge(['markup', 'ga4']);
    for (const name of ['ga4', 'markup', 'ga4', 'markup']) of(name).mutation(add('sku:a'));
    await pass(0);
    expect(told.length).toBe(2);
  });

  it('counts again after five seconds', async () => {
    const { of, told, pass } = merge(['markup', 'ga4']);
    of('ga4').mutation(add('sku:a'));
    await pass(5_001);
    of('markup').mutation(add('sku:a'));
    await pass(0);
    expect(told.length).toBe(2);
  });

  it('counts as often as the source that tells it most often, in any interleaving', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('markup', 'ga4', 'adobe'), { maxLength: 12 }), async (tellers) => {
        const { of, told, pass } = merge(['markup', 'adobe', 'ga4']);
        for (const name of tellers) of(name).mutation(add('sku:a'));
        await pass(0);
        const counts = ['markup', 'ga4', 'adobe'].map((name) => tellers.filter((teller) => teller === name).length);
        expect(told.length).toBe(Math.max(...counts));
      }),
    );
  });
});

describe('a source that tells the whole cart', () => {
  it('has the last word: what an analytics source tells is dropped when the cart shows it', async () => {
    const { of, told, problems, pass } = merge(['shopify-theme', 'ga4']);
    of('shopify-theme').snapshot([]);
    of('ga4').mutation(add('G-1'));
    await pass(400);
    of('shopify-theme').snapshot([line('sku:a')]);
    await pass(10_000);
    expect(told.map(({ what }) => what)).toEqual(['snapshot', 'snapshot']);
    expect(problems).toEqual([]);
  });

  it('that shows nothing of an add for five seconds is doubted: the add counts, and both are named', async () => {
    const { of, told, problems, pass } = merge(['shopify-theme', 'ga4']);
    of('shopify-theme').snapshot([]);
    await pass(6_000);
    of('ga4').mutation(add('sku:a'));
    await pass(4_999);
    expect(told.length).toBe(1);
    await pass(1);
    expect(told[1]).toMatchObject({ what: 'mutation', value: { itemId: 'sku:a' } });
    expect(problems).toEqual([expect.stringMatching(/^source-conflict: .*ga4 told of add_to_cart of "sku:a".*shopify-theme/)]);
  });

  it('is the most trusted of several', async () => {
    const { of, told, pass } = merge(['markup', 'woocommerce', 'adobe']);
    of('adobe').snapshot([line('sku:b')]);
    of('woocommerce').snapshot([line('sku:a')]);
    of('adobe').snapshot([line('sku:b')]);
    await pass(0);
    expect(told.map(({ value }) => value)).toEqual([[line('sku:b')], [line('sku:a')]]);
  });
});

describe('ids', () => {
  it('are the bundle’s, and the platform’s where the bundle knows none', async () => {
    const { of, told, pass } = merge(['ga4']);
    of('ga4').snapshot([{ ...line('variant:a'), aliases: ['sku:a'] }, line('gift-card')]);
    await pass(0);
    expect(told[0]?.value).toEqual([line('sku:a'), line('gift-card')]);
  });

  it('do not hold anything up for more than three seconds, and order is kept', async () => {
    const { of, told, pass } = merge(['ga4'], () => new Promise(() => {}));
    of('ga4').page({ itemId: 'a' });
    of('ga4').mutation(add('a'));
    await pass(2_999);
    expect(told).toEqual([]);
    await pass(3_002);
    expect(told.map(({ what }) => what)).toEqual(['page', 'mutation']);
  });

  it('that come late are the cart’s from then on', async () => {
    let know = (): void => {};
    const { of, told, pass } = merge(['ga4'], async (groups) => {
      await new Promise<void>((resolve) => {
        know = resolve;
      });
      return bySku(groups);
    });
    of('ga4').snapshot([{ ...line('variant:a'), aliases: ['sku:a'] }]);
    await pass(3_000);
    know();
    await pass(0);
    expect(told.map(({ value }) => value)).toEqual([[line('variant:a')], [line('sku:a')]]);
  });

  it('are told for the check that page and bundle speak of the same items', async () => {
    const { of, named, pass } = merge(['ga4']);
    of('ga4').snapshot([{ ...line('variant:a'), aliases: ['sku:a'] }, line('gift-card')]);
    await pass(0);
    expect(named).toEqual(['sku:a', 'gift-card']);
  });

  it('survive an engine that rejects', async () => {
    const { of, told, problems, pass } = merge(['ga4'], () => Promise.reject(new Error('stopped')));
    of('ga4').mutation(add('a'));
    await pass(0);
    expect([told.length, problems]).toEqual([1, []]);
  });
});

describe('facts and events', () => {
  it('tells of two prices of one item, and keeps the trusted one', async () => {
    const { of, told, problems, pass } = merge(['shopify', 'ga4']);
    of('shopify').products([{ itemId: 'a', price: 12 }], ['a']);
    of('ga4').products(
      [
        { itemId: 'a', price: 10 },
        { itemId: 'b', price: 3 },
      ],
      ['a', 'b'],
    );
    await pass(0);
    expect(told.map(({ value }) => value)).toEqual([[{ itemId: 'a', price: 12 }], [{ itemId: 'b', price: 3 }]]);
    expect(problems).toEqual([expect.stringContaining('"a" costs 12 by shopify and 10 by ga4')]);
  });

  it('passes a purchase on once, with its items named', async () => {
    const { of, told, pass } = merge(['woocommerce', 'ga4']);
    const items = [{ ...line('variant:a', 2), aliases: ['sku:a'] }];
    of('ga4').event({ type: 'purchase', items });
    of('woocommerce').event({ type: 'purchase', items });
    await pass(0);
    expect(told).toEqual([{ what: 'event', value: { type: 'purchase', items: [line('sku:a', 2)] } }]);
  });
});

it('passes on at the stop what it still holds', async () => {
  const { merger, of, told, pass } = merge(['adobe', 'ga4']);
  of('adobe').snapshot([]);
  await pass(6_000);
  of('ga4').mutation(add('sku:a'));
  await pass(0);
  merger.stop();
  expect(told.map(({ what }) => what)).toEqual(['snapshot', 'mutation']);
});
