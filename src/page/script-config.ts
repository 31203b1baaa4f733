import { isObject } from './check-value.js';
import { readShopConsent } from './consent/shop-consent.js';
import type { TillsideOptions } from './options.js';

/** What the script tag is told, beside the options: whether to start by itself. */
export interface ScriptConfig {
  readonly options: Partial<TillsideOptions>;
  readonly autoInit: boolean;
}

/** Reads the shop's configuration from `window.tillsideConfig` and the script's `data-*` attributes, which win. */
export function readScriptConfig(config: unknown, data: DOMStringMap): ScriptConfig {
  // `<a id="tillsideConfig">` is an element, and no configuration.
  const isConfig = isObject(config) && Object.getPrototypeOf(config) === Object.prototype;
  const { autoInit, wasm, ...options }: Record<string, unknown> = { ...(isConfig && config), ...data };
  if (wasm !== undefined) options['wasm'] = wasm === '' || wasm === 'true' || (wasm !== 'false' && wasm);
  // "auto" and whatever else is not an answer wait for one.
  options['consent'] = readShopConsent(options['consent']);
  return { options, autoInit: autoInit !== 'false' && autoInit !== false };
}
