import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../../src/core/errors.js';
import { resolveOptions, type TillsideOptions } from '../../src/page/options.js';

const PAGE = 'https://shop.example/cart/?step=1';
const resolve = (options: unknown) => resolveOptions(options as TillsideOptions, PAGE);

function refusal(options: unknown): Error {
  try {
    resolve(options);
  } catch (error) {
    expect(codeOf(error)).toBe('invalid-options');
    return error as Error;
  }
  throw new Error(`accepted ${String(options)}`);
}

describe('resolveOptions', () => {
  it('fills in every default from the bundle alone', () => {
    expect(resolve({ bundle: '/m/manifest.json' })).toEqual({
      manifestUrl: 'https://shop.example/m/manifest.json',
      consent: 'pending',
      cart: 'auto',
      runtime: 'auto',
      wasm: false,
      workerUrl: undefined,
      baseUrl: undefined,
      storage: 'indexeddb',
      retention: { eventDays: 7, maxEvents: 2000, stateDays: 30, purchaseDays: 396 },
      rules: {},
      reasons: 'cart',
      sensitive: [],
      account: undefined,
      images: 'all',
      publicKeys: [],
      locale: undefined,
      strings: {},
      analytics: undefined,
      onError: undefined,
      onDiagnostic: undefined,
    });
  });

  it('resolves every URL against the document', () => {
    const options = resolve({
      bundle: 'm.json',
      workerUrl: '/w.js',
      baseUrl: '//cdn.example/t/',
      wasm: 'wasm/',
      offers: '/prices.json',
    });
    expect(options.manifestUrl).toBe('https://shop.example/cart/m.json');
    expect(options.workerUrl).toBe('https://shop.example/w.js');
    expect(options.baseUrl).toBe('https://cdn.example/t/');
    expect(options.wasm).toBe('https://shop.example/cart/wasm/');
    expect(options.offersUrl).toBe('https://shop.example/prices.json');
  });

  it('finds the offers beside the manifest, where nothing else is said of them', () => {
    const bundle = 'https://cdn.example/models/manifest.json?v=2';
    expect(resolve({ bundle, offers: true, market: 'gb' })).toMatchObject({
      offersUrl: 'https://cdn.example/models/offers.json',
      market: 'gb',
    });
    expect(resolve({ bundle, offers: false }).offersUrl).toBeUndefined();
  });

  it('keeps the retention defaults beside the ones given', () => {
    expect(resolve({ bundle: '/m', retention: { purchaseDays: 0 } }).retention).toEqual({
      eventDays: 7,
      maxEvents: 2000,
      stateDays: 30,
      purchaseDays: 0,
    });
  });

  it.each([
    [undefined, 'options'],
    [null, 'options'],
    [{}, 'bundle'],
    [{ bundle: '' }, 'bundle'],
    [{ bundle: 7 }, 'bundle'],
    [{ bundle: 'java\nscript:alert(1)' }, 'bundle'],
    [{ bundle: 'data:application/json,{}' }, 'bundle'],
    [{ bundle: '/m', consent: 'yes' }, 'consent'],
    [{ bundle: '/m', cart: 'magento' }, 'cart'],
    [{ bundle: '/m', runtime: 'onnx' }, 'runtime'],
    [{ bundle: '/m', storage: 'cookie' }, 'storage'],
    [{ bundle: '/m', reasons: 'all' }, 'reasons'],
    [{ bundle: '/m', workerUrl: 'blob:x' }, 'workerUrl'],
    [{ bundle: '/m', wasm: 1 }, 'wasm'],
    [{ bundle: '/m', offers: 1 }, 'offers'],
    [{ bundle: '/m', offers: 'javascript:alert(1)' }, 'offers'],
    [{ bundle: '/m', market: 1 }, 'market'],
    [{ bundle: '/m', retention: 3 }, 'retention'],
    [{ bundle: '/m', retention: { eventDays: -1 } }, 'retention.eventDays'],
    [{ bundle: '/m', retention: { years: 1 } }, 'retention.years'],
    [{ bundle: '/m', rules: [] }, 'rules'],
    [{ bundle: '/m', publicKeys: 'abc' }, 'publicKeys'],
    [{ bundle: '/m', sensitive: 'Health' }, 'sensitive'],
    [{ bundle: '/m', sensitive: [7] }, 'sensitive'],
    [{ bundle: '/m', locale: 5 }, 'locale'],
    [{ bundle: '/m', beforeConsent: 'disk' }, 'beforeConsent'],
    [{ bundle: '/m', images: 'mosaic' }, 'images'],
    [{ bundle: '/m', images: 'sprite' }, 'spriteUrl'],
    [{ bundle: '/m', images: 'sprite', spriteUrl: 'data:,' }, 'spriteUrl'],
    [{ bundle: '/m', onError: 'log' }, 'onError'],
  ])('refuses %j, naming %s', (options, name) => {
    expect(refusal(options).message).toContain(`Option "${name}" is `);
  });

  it('tells nobody logged in from nothing said', () => {
    const accountOf = (account?: unknown) => resolve({ bundle: '/m', account }).account;
    expect([accountOf(), accountOf(null), accountOf(''), accountOf('anna'), accountOf(42)]).toEqual([
      undefined,
      '',
      '',
      'anna',
      '42',
    ]);
  });

  it('names the value seen and the remedy', () => {
    expect(refusal({ bundle: '/m', consent: 'yes' }).message).toBe(
      'Option "consent" is "yes". Use "pending" or "granted" or "denied" or "auto".',
    );
  });

  it('either resolves or throws invalid-options, whatever it is given', () => {
    const anything = fc.record(
      Object.fromEntries(
        ['bundle', 'consent', 'cart', 'wasm', 'workerUrl', 'retention', 'rules', 'publicKeys', 'onError'].map((key) => [
          key,
          fc.anything(),
        ]),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anything, (options) => {
        try {
          expect(resolve(options).manifestUrl).toMatch(/^https?:/);
        } catch (error) {
          expect(codeOf(error)).toBe('invalid-options');
        }
      }),
    );
  });
});

describe('the option holdout', () => {
  it.each([0.1, 0.999, '0.1'])('is a share: %j', (holdout) => {
    expect(resolve({ bundle: '/m.json', holdout })).toMatchObject({ holdout });
  });

  it.each([0, 1, -0.1, 10, '10%', '', true, Number.NaN])('is not %j', (holdout) => {
    const { message } = refusal({ bundle: '/m.json', holdout });
    expect(message).toContain('Option "holdout" is');
    expect(message).toContain('Use a share such as 0.1.');
  });
});
