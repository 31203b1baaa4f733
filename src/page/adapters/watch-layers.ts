// In: arrays that a page's scripts push to, by the name of their global. Out: each entry once, in order. Page thread.
import type { CaptureContext } from '../capture/capture-context.js';
import { openScope } from '../capture/open-scope.js';
import { watchMutations } from '../capture/watch-mutations.js';
import type { Node } from './stated-values.js';

/** A layer's last entries, as far as they are read again; Google Tag Manager itself keeps 300. */
const MAX_ENTRIES = 500;

export interface LayersOptions {
  /** The globals that hold a layer; asked again whenever the page changed. */
  names(): readonly string[];
  /** @param isOld it was in the layer before it was watched */
  onEntry(entry: Node, name: string, isOld: boolean): void;
  /** Called after what a layer held was told. */
  onRead(): void;
}

/**
 * Watches layers without a poll: a push tells at once, and whenever the page changes its arrays are looked at again, so that one that
 * came late, was replaced, or whose `push` was taken over is read too. A push does for the page what it did before.
 */
export function watchLayers(context: CaptureContext, options: LayersOptions): () => void {
  const { guard, listen, onStop, stop } = openScope(context);
  const seen = new WeakSet<object>();
  const layers = new Map<string, { readonly layer: unknown; readonly untap: () => void }>();
  const tell = guard(options.onEntry);
  const take = (entry: unknown, name: string, isOld: boolean) => {
    if (!isEntry(entry)) return;
    seen.add(entry);
    tell(entry, name, isOld);
  };
  const readNew = (layer: unknown, name: string) => {
    for (const entry of lastOf(layer)) if (isEntry(entry) && !seen.has(entry)) take(entry, name, true);
    options.onRead();
  };
  const look = guard((name: string) => {
    const layer: unknown = Reflect.get(context.window, name);
    const isNew = layers.get(name)?.layer !== layer;
    if (isNew) {
      layers.get(name)?.untap();
      layers.set(name, { layer, untap: () => {} });
    }
    readNew(layer, name);
    if (!isNew) return;
    const onPush = (entry: unknown) => take(entry, name, false);
    // A push below ours may have put copies into the array.
    const onPushed = guard(() => {
      for (const entry of lastOf(layer)) if (isEntry(entry)) seen.add(entry);
    });
    layers.set(name, { layer, untap: tap(layer, onPush, onPushed) });
  });
  const lookAtAll = guard(() => {
    for (const name of options.names()) look(name);
  });
  listen(context.window, 'DOMContentLoaded load pagehide', lookAtAll);
  onStop(watchMutations(context, [], lookAtAll));
  onStop(() => {
    for (const { untap } of layers.values()) guard(untap)();
  });
  lookAtAll();
  return stop;
}

function isEntry(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

function lastOf(layer: unknown): readonly unknown[] {
  return Array.isArray(layer) ? layer.slice(-MAX_ENTRIES) : [];
}

/**
 * Puts a push of ours in front of the layer's own. The callbacks throw nothing.
 *
 * @returns what takes it away, or silences it where another was put in front of it since
 */
function tap(layer: unknown, onPush: (entry: unknown) => void, onPushed: () => void): () => void {
  const original: unknown = isEntry(layer) && layer.push;
  if (typeof original !== 'function' || !isEntry(layer)) return () => {};
  const own = Reflect.getOwnPropertyDescriptor(layer, 'push');
  let isOn = true;
  const push = function (this: unknown, ...entries: unknown[]): unknown {
    if (isOn) entries.forEach(onPush);
    const length: unknown = Reflect.apply(original, this, entries);
    if (isOn) onPushed();
    return length;
  };
  const { configurable = true, enumerable = false } = own ?? {};
  Object.defineProperty(layer, 'push', { value: push, writable: true, configurable, enumerable });
  return () => {
    isOn = false;
    if (layer.push !== push) return;
    if (own) Object.defineProperty(layer, 'push', own);
    else Reflect.deleteProperty(layer, 'push');
  };
}
