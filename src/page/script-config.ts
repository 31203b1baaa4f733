import { readShopConsent } from './consent/shop-consent.js';
import type { TillsideOptions } from './options.js';

/** What the script tag is told, beside the options: whether to start by itself. */
export interface ScriptConfig {
  readonly options: Partial<TillsideOptions>;
  readonly autoInit: boolean;
}

/** `data-*` attribute → option, for those whose text is the value. */
const TEXT_OPTIONS = ['bundle', 'cart', 'runtime', 'reasons', 'workerUrl', 'baseUrl', 'storage', 'locale'] as const;

/** Reads the shop's configuration from `window.tillsideConfig` and the script's `data-*` attributes, which win. */
export function readScriptConfig(config: unknown, data: DOMStringMap): ScriptConfig {
  const { autoInit, ...options }: Record<string, unknown> = isPlainObject(config) ? { ...config } : {};
  for (const name of TEXT_OPTIONS) if (data[name] !== undefined) options[name] = data[name];
  if (data['wasm'] !== undefined) options['wasm'] = toSwitch(data['wasm']);
  // "auto" and whatever else is not an answer wait for one.
  options['consent'] = readShopConsent(data['consent'] ?? options['consent']);
  return { options, autoInit: data['autoInit'] !== 'false' && autoInit !== false };
}

/** `<a id="tillsideConfig">` is an element, and no configuration. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function toSwitch(text: string): boolean | string {
  return text === '' || text === 'true' || (text !== 'false' && text);
}
