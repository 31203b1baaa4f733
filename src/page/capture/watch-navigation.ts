import type { CaptureContext } from './capture-context.js';
import { openScope } from './open-scope.js';

export interface NavigationListener {
  /** a page is there: loaded (or capture started on it), a route of a single-page app, or back from the bfcache */
  onStart(): void;
  /** it ended: by a route, or else hidden for good or for the bfcache (and by the stop) */
  onEnd(isRoute: boolean): void;
}

/**
 * Tells when a page starts and ends. A route is a path, or a hash that begins with `#/` or `#!`: a query names a variant or a tab.
 *
 * Uses the Navigation API, or hooks on `history` where there is none; the hooks go with the stop if they are still ours.
 */
export function watchNavigation(context: CaptureContext, { onStart, onEnd }: NavigationListener): () => void {
  const { window } = context;
  const scope = openScope(context);
  const routeOf = () => {
    const { pathname, hash } = location;
    return pathname + (/^#[!/]/.test(hash) ? hash : '');
  };
  let route = routeOf();
  let isOpen = false;
  const start = scope.guard(() => {
    isOpen = true;
    onStart();
  });
  const end = scope.guard((isRoute: boolean) => {
    if (isOpen) onEnd(isRoute);
    isOpen = false;
  });
  const check = scope.guard(() => {
    if (routeOf() === route) return;
    route = routeOf();
    end(true);
    start();
  });

  const { navigation } = window as { readonly navigation?: EventTarget };
  if (navigation) scope.listen(navigation, 'currententrychange', check);
  else for (const name of ['pushState', 'replaceState'] as const) scope.onStop(hook(window.history, name, check));
  scope.listen(window, 'popstate hashchange', check);
  scope.listen(window, 'pagehide pageshow prerenderingchange', ({ type, persisted }: Partial<PageTransitionEvent>) => {
    if (type === 'pagehide') end(false);
    else if (type !== 'pageshow' || persisted) start();
  });
  scope.onStop(() => end(false));
  // A page that is rendered ahead was not visited yet.
  if (!(document as { readonly prerendering?: boolean }).prerendering) start();
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
