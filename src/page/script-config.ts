import { isObject } from './check-value.js';
import { readShopConsent } from './consent/shop-consent.js';
import type { TillsideOptions } from './options.js';

/** What the script tag is told, beside the options: whether to start by itself. */
export interface ScriptConfig {
  readonly options: Partial<TillsideOptions>;
  readonly autoInit: boolean;
}

/** `data-*` attribute → option, for those whose text is the value. */
const TEXT_OPTIONS = [
  'bundle',
  'beforeConsent',
  'gpc',
  'runtime',
  'reasons',
  'images',
  'spriteUrl',
  'account',
  'workerUrl',
  'baseUrl',
  'storage',
  'locale',
  'market',
  'analytics',
  'holdout',
] as const;

/** Reads the shop's configuration from `window.tillsideConfig` and the script's `data-*` attributes, which win. */
export function readScriptConfig(config: unknown, data: DOMStringMap): ScriptConfig {
  // `<a id="tillsideConfig">` is an element, and no configuration.
  const isConfig = isObject(config) && Object.getPrototypeOf(config) === Object.prototype;
  const { autoInit, ...options }: Record<string, unknown> = { ...(isConfig && config) };
  for (const name of TEXT_OPTIONS) if (data[name] !== undefined) options[name] = data[name];
  const cart = data['cart']?.trim().split(/\s+/);
  if (cart) options['cart'] = cart.length > 1 ? cart : cart[0];
  for (const name of ['wasm', 'offers']) {
    const said = data[name];
    if (said !== undefined) options[name] = said === '' || said === 'true' || (said !== 'false' && said);
  }
  // "auto" and whatever else is not an answer wait for one.
  options['consent'] = readShopConsent(data['consent'] ?? options['consent']);
  return { options, autoInit: data['autoInit'] !== 'false' && autoInit !== false };
}
