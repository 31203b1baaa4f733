import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startFromScript, type TillsideGlobal } from '../../src/page/script-tag.js';

const tag = () => window.tillside as TillsideGlobal;
let warnings: string[];

beforeAll(() => {
  // A folder without the SDK's files: there is nothing to start an engine with, and the page must not notice.
  window.tillsideConfig = { bundle: '/no-such/manifest.json', baseUrl: '/no-such/' };
});
beforeEach(() => {
  warnings = [];
  vi.spyOn(console, 'warn').mockImplementation((message) => void warnings.push(String(message)));
});
afterEach(async () => {
  await window.tillside?.stop?.();
  Reflect.deleteProperty(window, 'tillside');
  window.tillsideConfig = { bundle: '/no-such/manifest.json', baseUrl: '/no-such/' };
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

/** A tag that is taken for the one that runs, and loads nothing. */
function scriptOfPage(attributes: Partial<HTMLScriptElement> = {}): HTMLScriptElement {
  const script = Object.assign(document.createElement('script'), { type: 'text/plain', ...attributes });
  document.body.append(script);
  vi.spyOn(Document.prototype, 'currentScript', 'get').mockReturnValue(script);
  return script;
}

describe('the script tag', () => {
  it('sets one callable global that carries the methods', () => {
    const before = new Set(Object.keys(window));
    startFromScript();
    expect(Object.keys(window).filter((key) => !before.has(key))).toEqual(['tillside']);
    expect(typeof window.tillside).toBe('function');
    for (const method of ['consent', 'track', 'cart', 'recommend', 'on', 'forget', 'exportData', 'status', 'stop'] as const) {
      expect(typeof tag()[method]).toBe('function');
    }
    expect(tag().version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(tag().consentState).toBe('pending');
    expect(warnings).toEqual([]);
  });

  it('takes calls in both forms', () => {
    startFromScript();
    const seen: string[] = [];
    tag()('on', 'consent', (state: string) => seen.push(state));
    const off = tag().on('consent', (state) => seen.push(state));
    tag()('consent', 'denied');
    off();
    tag().consent('granted');
    expect(seen).toEqual(['denied', 'denied', 'granted']);
  });

  it('replays what was called before it came, in order', () => {
    const seen: string[] = [];
    const stub = Object.assign(() => {}, {
      q: [
        ['on', 'consent', (state: string) => seen.push(state)],
        ['consent', 'denied'],
      ],
    });
    window.tillside = stub as unknown as TillsideGlobal;
    startFromScript();
    expect(seen).toEqual(['denied']);
    expect(tag().consentState).toBe('denied');
  });

  it('is harmless when it is loaded twice', () => {
    startFromScript();
    const first = window.tillside;
    startFromScript();
    expect(window.tillside).toBe(first);
  });

  it('waits for init where the shop says so, and keeps the calls until then', () => {
    window.tillsideConfig = { bundle: '/m.json', autoInit: false };
    startFromScript();
    const seen: string[] = [];
    tag()('on', 'consent', (state: string) => seen.push(state));
    tag().consent('denied');
    expect(tag().consentState).toBe('pending');
    expect(tag().init({ locale: 'de' })).toBeDefined();
    expect(seen).toEqual(['denied']);
  });

  it('warns once and throws nothing when the bundle is missing', () => {
    window.tillsideConfig = {};
    expect(startFromScript).not.toThrow();
    expect(warnings).toEqual([expect.stringMatching(/^tillside: Option "bundle" is undefined\..*\(invalid-options\)$/)]);
    expect(() => tag().track({ type: 'view_item', itemId: 'a' })).not.toThrow();
  });

  it('tells onError instead of the console when there is one', () => {
    const told: string[] = [];
    window.tillsideConfig = { onError: ({ code }) => told.push(code) };
    startFromScript();
    expect(told).toEqual(['invalid-options']);
    expect(warnings).toEqual([]);
  });

  it('warns of a method that does not exist', () => {
    startFromScript();
    expect(() => (tag() as unknown as (method: string) => void)('__proto__')).not.toThrow();
    expect(warnings).toEqual([expect.stringContaining('No method "__proto__"')]);
  });

  it('is not stopped by markup that clobbers its names', () => {
    document.body.innerHTML =
      '<a id="tillside"></a><img name="currentScript"><img name="baseURI"><form id="tillsideConfig"><input name="bundle" value="https://evil.example/m.json"></form>';
    Reflect.deleteProperty(window, 'tillsideConfig');
    expect(startFromScript).not.toThrow();
    expect(typeof window.tillside).toBe('function');
    expect(warnings).toEqual([expect.stringContaining('Option "bundle" is undefined.')]);
    expect(tag().init({ bundle: 'm.json' })).toBeDefined();
  });

  it("asks for the worker's script with consent, beside the loop that starts it, unless it lies elsewhere", async () => {
    const script = scriptOfPage();
    const asked = () => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
    window.tillsideConfig = { bundle: '/no-such/manifest.json', baseUrl: '/beside/' };
    startFromScript();
    const markup = document.documentElement.innerHTML;
    expect(asked()).not.toContain('/beside/worker.js');
    tag().consent('granted');
    expect(document.documentElement.innerHTML).toBe(markup);
    await vi.waitFor(() => expect(asked()).toContain('/beside/worker.js'));

    await tag().stop();
    Reflect.deleteProperty(window, 'tillside');
    window.tillsideConfig = { bundle: '/no-such/manifest.json', baseUrl: '/nowhere/', workerUrl: '/own/worker.js' };
    startFromScript();
    const after = vi.spyOn(script, 'after');
    tag().consent('granted');
    await vi.waitFor(() => expect(asked()).toContain('/nowhere/loop.js'));
    expect(after).not.toHaveBeenCalled();
  });

  it("asks for the worker's script by the nonce of the tag, where a policy goes by nonces", () => {
    const script = scriptOfPage({ nonce: 'once', src: '/by-nonce/auto.js' });
    const after = vi.spyOn(script, 'after');
    window.tillsideConfig = { bundle: '/no-such/manifest.json', consent: 'granted' };
    startFromScript();
    expect(after).toHaveBeenCalledWith(expect.objectContaining({ rel: 'modulepreload', nonce: 'once' }));
  });

  it('announces the instance when window.tillside works already', () => {
    const versions: unknown[] = [];
    document.addEventListener('tillside:ready', () => versions.push(tag().consentState), { once: true });
    startFromScript();
    expect(versions).toEqual(['pending']);
  });
});
