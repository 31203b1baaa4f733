import type { CaptureContext } from './capture-context.js';
import { openScope } from './open-scope.js';

/** How a page began: loaded (or capture started on it), a route of a single-page app, or back from the bfcache. */
export type PageStart = 'load' | 'route' | 'restore';
/** How a page ended: by a route, or hidden for good or for the bfcache (and by the stop). */
export type PageEnd = 'route' | 'hide';

export interface NavigationListener {
  onStart(cause: PageStart): void;
  onEnd(cause: PageEnd): void;
}

/**
 * Tells when a page starts and ends. A route is a path, or a hash that begins with `#/` or `#!`: a query names a variant or a tab.
 *
 * Uses the Navigation API, or hooks on `history` where there is none; the hooks go with the stop if they are still ours.
 */
export function watchNavigation(context: CaptureContext, listener: NavigationListener): () => void {
  const { document, window } = context;
  const scope = openScope(context);
  const routeOf = () => {
    const { pathname, hash } = window.location;
    return pathname + (/^#[!/]/.test(hash) ? hash : '');
  };
  let route = routeOf();
  let isOpen = false;
  const start = scope.guard((cause: PageStart) => {
    isOpen = true;
    listener.onStart(cause);
  });
  const end = scope.guard((cause: PageEnd) => {
    if (isOpen) listener.onEnd(cause);
    isOpen = false;
  });
  const check = scope.guard(() => {
    const next = routeOf();
    if (next === route) return;
    route = next;
    end('route');
    start('route');
  });

  const navigation = (window as { readonly navigation?: EventTarget }).navigation;
  if (navigation) scope.listen(navigation, 'currententrychange', check);
  else for (const name of ['pushState', 'replaceState'] as const) scope.onStop(hook(window.history, name, check));
  scope.listen(window, 'popstate hashchange', check);
  scope.listen(window, 'pagehide', () => end('hide'));
  scope.listen(window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && start('restore'));
  scope.listen(document, 'prerenderingchange', () => start('load'));
  scope.onStop(() => end('hide'));
  // A page that is rendered ahead was not visited yet.
  if (!(document as { readonly prerendering?: boolean }).prerendering) start('load');
  return scope.stop;
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
