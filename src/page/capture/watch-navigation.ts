import type { CaptureContext } from './capture-context.js';
import { guard } from './guard.js';
import { listen } from './listen.js';

/** How a page began: loaded (or capture started on it), a route of a single-page app, or back from the bfcache. */
export type PageStart = 'load' | 'route' | 'restore';

export interface NavigationListener {
  onStart(cause: PageStart): void;
  onEnd(): void;
}

/**
 * Tells when a page starts and ends. A route is a path, or a hash that begins with `#/` or `#!`: a query names a variant or a tab.
 *
 * Uses the Navigation API, or hooks on `history` where there is none; the hooks go with the stop if they are still ours.
 */
export function watchNavigation(context: CaptureContext, listener: NavigationListener): () => void {
  const { window, onError } = context;
  const routeOf = () => {
    const { pathname, hash } = window.location;
    return pathname + (/^#[!/]/.test(hash) ? hash : '');
  };
  let route = routeOf();
  let isOpen = false;
  const start = guard((cause: PageStart) => {
    isOpen = true;
    listener.onStart(cause);
  }, onError);
  const end = guard(() => {
    if (isOpen) listener.onEnd();
    isOpen = false;
  }, onError);
  const check = guard(() => {
    const next = routeOf();
    if (next === route) return;
    route = next;
    end();
    start('route');
  }, onError);

  const navigation = (window as { readonly navigation?: EventTarget }).navigation;
  const stops = [
    listen(window, 'popstate hashchange', check, onError),
    listen(window, 'pagehide', end, onError),
    listen(window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && start('restore'), onError),
    ...(navigation
      ? [listen(navigation, 'currententrychange', check, onError)]
      : [hook(window.history, 'pushState', check), hook(window.history, 'replaceState', check)]),
  ];
  start('load');
  return () => {
    for (const stop of stops) stop();
    end();
  };
}

function hook(history: History, name: 'pushState' | 'replaceState', after: () => void): () => void {
  const original = history[name];
  let isOn = true;
  const hooked: History['pushState'] = function (this: History, ...args) {
    original.apply(this, args);
    if (isOn) after();
  };
  history[name] = hooked;
  return () => {
    isOn = false;
    if (history[name] !== hooked) return;
    // Without the own property the prototype's method shows again, as before us.
    Reflect.deleteProperty(history, name);
    if (history[name] !== original) history[name] = original;
  };
}
