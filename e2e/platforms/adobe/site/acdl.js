// Behaves as the Adobe client data layer does: takes over the array that pages fill from the start, and handles what waits in it.

/** @typedef {Record<string, unknown>} Fields */
/** @typedef {{ type: string, path: string | undefined, handler: (item: unknown, ...states: unknown[]) => void }} Listener */

const CHANGE = 'adobeDataLayer:change';
const EVENT = 'adobeDataLayer:event';

/** Takes over `window.adobeDataLayer`, which then has getState, addEventListener and removeEventListener. */
export function installAdobeDataLayer() {
  /** @type {any} */
  const layer = Reflect.get(window, 'adobeDataLayer') ?? [];
  Reflect.set(window, 'adobeDataLayer', layer);
  /** @type {Fields} */
  const state = {};
  /** @type {Listener[]} */
  const listeners = [];

  /** @param {unknown} item @param {Listener} listener */
  const isFor = (item, { type, path }) => {
    if (!isFields(item)) return false;
    const data = dataOf(item);
    const hasData = Object.keys(data).length > 0;
    const isEvent = typeof item.event === 'string';
    const types = [isEvent && EVENT, isEvent && item.event, hasData && CHANGE];
    return types.includes(type) && (!path || !hasData || path in data);
  };
  /** @param {unknown} item */
  const handle = (item) => {
    if (typeof item === 'function') {
      item.call(layer, layer);
      return;
    }
    if (!isFields(item)) return;
    const before = structuredClone(state);
    merge(state, dataOf(item));
    for (const listener of [...listeners].filter((one) => isFor(item, one)))
      listener.handler.call(layer, structuredClone(item), before, structuredClone(state));
  };

  layer.push = (/** @type {unknown[]} */ ...items) => {
    for (const item of items) handle(item);
    return Array.prototype.push.apply(
      layer,
      items.filter((item) => typeof item !== 'function'),
    );
  };
  layer.getState = (/** @type {string} */ path) => structuredClone(path ? state[path] : state);
  layer.addEventListener = (
    /** @type {string} */ type,
    /** @type {Listener['handler']} */ handler,
    /** @type {{ path?: string, scope?: 'past' | 'future' | 'all' }} */ { path, scope = 'all' } = {},
  ) => {
    const listener = { type, path, handler };
    if (listeners.some((one) => one.type === type && one.handler === handler)) return;
    if (scope !== 'past') listeners.push(listener);
    if (scope === 'future') return;
    for (const item of [...layer].filter((one) => isFor(one, listener))) handler.call(layer, structuredClone(item));
  };
  layer.removeEventListener = (/** @type {string} */ type, /** @type {Listener['handler'] | undefined} */ handler) => {
    for (let at = listeners.length - 1; at >= 0; at--)
      if (listeners[at]?.type === type && (!handler || listeners[at]?.handler === handler)) listeners.splice(at, 1);
  };
  // What was pushed before; functions do not stay.
  for (let at = 0; at < layer.length; at++) {
    const item = layer[at];
    handle(item);
    if (typeof item === 'function') layer.splice(at--, 1);
  }
}

/** @param {unknown} value @returns {value is Fields} */
function isFields(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @param {Fields} item */
function dataOf({ event, eventInfo, ...data }) {
  return data;
}

/** Merges deeply; null takes away. @param {Fields} target @param {Fields} source */
function merge(target, source) {
  for (const [key, value] of Object.entries(source)) {
    const held = target[key];
    if (value === null || value === undefined) delete target[key];
    else if (isFields(value) && isFields(held)) merge(held, value);
    else target[key] = structuredClone(value);
  }
}
