import { describe, expect, it } from 'vitest';
import { resolveOptions, type TillsideOptions } from '../../src/page/options.js';
import { readScriptConfig } from '../../src/page/script-config.js';

const DOCUMENT_URL = 'https://shop.example/cart';

const optionsOf = (data: Record<string, string>) => readScriptConfig({ bundle: '/m.json' }, data).options as TillsideOptions;

describe('readScriptConfig', () => {
  it('reads the attributes of the script tag', () => {
    const data = {
      bundle: '/m.json',
      consent: 'granted',
      cart: 'manual',
      runtime: 'tfjs',
      reasons: 'session',
      workerUrl: '/w.js',
      locale: 'de',
      account: 'a1',
      images: 'none',
      holdout: '0.1',
    };
    expect(readScriptConfig(undefined, data)).toEqual({ options: { ...data, cart: ['manual'] }, autoInit: true });
  });

  it.each(['auto', 'manual', 'shopify', 'shopify ga4'])('reads data-cart="%s" as the option of these names', (cart) => {
    const names = cart.split(' ');
    const ofText = resolveOptions(optionsOf({ cart: ` ${cart} ` }), DOCUMENT_URL);
    expect(ofText.cart).toEqual(
      resolveOptions({ bundle: '/m.json', cart: (names[1] ? names : cart) as 'auto' }, DOCUMENT_URL).cart,
    );
  });

  it('refuses an option that no attribute can say, which would else be taken for heard', () => {
    expect(() => resolveOptions(optionsOf({ publicKeys: 'ed25519:abc' }), DOCUMENT_URL)).toThrow(
      'Option "publicKeys" is "ed25519:abc". List what "tillside keygen" printed.',
    );
  });

  it('lets an attribute win over window.tillsideConfig', () => {
    const { options } = readScriptConfig({ bundle: '/a.json', locale: 'fr' }, { bundle: '/b.json' });
    expect(options).toEqual({ bundle: '/b.json', locale: 'fr', consent: 'pending' });
  });

  it.each([
    [{ autoInit: 'false' }, undefined, false],
    [{}, { autoInit: false }, false],
    [{}, {}, true],
    [{ autoInit: '' }, undefined, true],
  ])('starts by itself with %j and %j: %s', (data, config, autoInit) => {
    expect(readScriptConfig(config, data as Record<string, string>).autoInit).toBe(autoInit);
  });

  it.each([
    ['', true],
    ['true', true],
    ['false', false],
    ['/wasm/', '/wasm/'],
  ])('reads data-wasm and data-offers="%s" as %s', (text, wasm) => {
    expect(readScriptConfig(undefined, { wasm: text, offers: text }).options).toMatchObject({ wasm, offers: wasm });
  });

  it.each(['', 'yes'])('waits for consent at data-consent="%s"', (consent) => {
    expect(readScriptConfig(undefined, { consent }).options.consent).toBe('pending');
  });

  it('does not take an element called tillsideConfig for a configuration', () => {
    class FakeElement {
      bundle = 'https://evil.example/m.json';
    }
    expect(readScriptConfig(new FakeElement(), {}).options).toEqual({ consent: 'pending' });
  });
});
