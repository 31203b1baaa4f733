import { describe, expect, it } from 'vitest';
import { readScriptConfig } from '../../src/page/script-config.js';

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
    expect(readScriptConfig(undefined, data)).toEqual({ options: data, autoInit: true });
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
