// In: the Adobe client data layer of a page (ACDL, as Adobe Commerce fills it). Out: mutations, carts, product facts, the page's item and orders.
import type { CaptureContext } from '../capture/capture-context.js';
import { openScope } from '../capture/open-scope.js';
import { watchMutations } from '../capture/watch-mutations.js';
import { createAdobeTeller } from './adobe-teller.js';
import type { CreatePlatformSource } from './platform-source.js';

const LAYER = 'adobeDataLayer';
const CHANGE = 'adobeDataLayer:change';
const EVENT = 'adobeDataLayer:event';

/** The layer once Adobe's script has taken it over; before that it is an array of what waits for it. */
interface AdobeLayer extends Array<unknown> {
  addEventListener?(type: string, handler: (item: unknown) => void, options: { readonly scope: 'future' }): void;
  removeEventListener?(type: string, handler: (item: unknown) => void): void;
}

/** Reads the contexts and events of `window.adobeDataLayer`, whether its script runs by now, later, or the layer itself comes later. */
export const createAdobeSource: CreatePlatformSource = (context) => ({
  start(sink) {
    const { guard, listen, onStop, stop } = openScope(context);
    const teller = createAdobeTeller(sink);
    const onChange = guard(teller.readContexts);
    const onEvent = guard(teller.readEvent);
    onStop(teller.stop);
    let layer: AdobeLayer | undefined;
    let isOn = true;
    const begin = guard((ready: AdobeLayer) => {
      if (!isOn) return;
      for (const item of [...ready]) {
        onEvent(item);
        onChange(item);
      }
      ready.addEventListener?.(CHANGE, onChange, { scope: 'future' });
      ready.addEventListener?.(EVENT, onEvent, { scope: 'future' });
    });
    /** The layer calls it when its script runs. Until that is done, it tells some of what waited twice. */
    const onReady = guard((ready: AdobeLayer) => {
      if (ready.includes(onReady)) queueMicrotask(() => begin(ready));
      else begin(ready);
    });
    const leave = guard(() => {
      const waiting = layer?.indexOf(onReady) ?? -1;
      if (waiting >= 0) layer?.splice(waiting, 1);
      layer?.removeEventListener?.(CHANGE, onChange);
      layer?.removeEventListener?.(EVENT, onEvent);
    });
    const look = guard(() => {
      const present = layerOf(context);
      if (!present || present === layer) return;
      leave();
      layer = present;
      layer.push(onReady);
    });
    onStop(() => {
      isOn = false;
      leave();
    });
    listen(context.window, 'DOMContentLoaded load', look);
    onStop(watchMutations(context, [], look));
    look();
    return stop;
  },
});

function layerOf({ window }: CaptureContext): AdobeLayer | undefined {
  const layer: unknown = Reflect.get(window, LAYER);
  return Array.isArray(layer) ? layer : undefined;
}
