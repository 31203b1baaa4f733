import { readShopConsent } from './consent/shop-consent.js';
import type { TillsideOptions } from './options.js';

/** What the script tag is told, beside the options: whether to start by itself. */
export interface ScriptConfig {
  readonly options: Partial<TillsideOptions>;
  readonly autoInit: boolean;
}

/**
 * Reads the shop's configuration from `window.tillsideConfig` and the script's `data-*` attributes, which win. An option that no text can say is refused
 * as an attribute like any other wrong value, so that nobody takes it for heard.
 */
export function readScriptConfig(config: unknown, data: DOMStringMap): ScriptConfig {
  // `<a id="tillsideConfig">` is an element, and no configuration.
  const isPlain = Object(config).constructor === Object;
  const { autoInit, ...options }: Record<string, unknown> = { ...(isPlain && (config as object)), ...data };
  if (data['cart']) options['cart'] = data['cart'].trim().split(/\s+/);
  for (const name of ['wasm', 'offers']) {
    const said = data[name];
    if (said !== undefined) options[name] = said === '' || said === 'true' || (said !== 'false' && said);
  }
  // "auto" and whatever else is not an answer wait for one.
  options['consent'] = readShopConsent(options['consent']);
  return { options, autoInit: String(autoInit) !== 'false' };
}
