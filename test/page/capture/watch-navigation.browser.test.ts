import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaptureContext } from '../../../src/page/capture/capture-context.js';
import { watchNavigation } from '../../../src/page/capture/watch-navigation.js';
import { countListeners, fakePage } from './fake-page.js';

/** A window without the Navigation API, as in older browsers. */
function withoutNavigation(context: CaptureContext): CaptureContext {
  const bare = new Proxy(window, {
    get: (target, name) => {
      if (name === 'navigation') return undefined;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' && /EventListener/.test(String(name)) ? value.bind(target) : value;
    },
  });
  return { ...context, window: bare };
}

describe.each([
  ['Navigation API', (context: CaptureContext) => context],
  ['history hooks', withoutNavigation],
])('navigation by %s', (_name, adapt) => {
  let page: ReturnType<typeof fakePage>;
  let calls: string[];
  const start = () =>
    watchNavigation(adapt(page.context), {
      onStart: () => calls.push('start'),
      onEnd: (isRoute) => calls.push(isRoute ? 'end route' : 'end hide'),
    });

  beforeEach(() => {
    page = fakePage();
    calls = [];
  });
  afterEach(() => page.close());

  it('starts the page that is there', () => {
    start()();
    expect(calls).toEqual(['start', 'end hide']);
  });

  it('ends a page and starts the next at each new path, pushed or replaced', () => {
    const stop = start();
    history.pushState(null, '', '/a');
    history.replaceState(null, '', '/b');
    expect(calls).toEqual(['start', 'end route', 'start', 'end route', 'start']);
    stop();
  });

  it('takes a hash route for a page, and an anchor or a query not', () => {
    const stop = start();
    history.pushState(null, '', '?variant=2');
    history.pushState(null, '', '#reviews');
    expect(calls).toEqual(['start']);
    history.pushState(null, '', '#/products/a');
    expect(calls).toEqual(['start', 'end route', 'start']);
    stop();
  });

  it('follows the back button', async () => {
    history.pushState(null, '', '/a');
    const stop = start();
    history.pushState(null, '', '/b');
    const isBack = new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }));
    history.back();
    await isBack;
    expect(calls).toEqual(['start', 'end route', 'start', 'end route', 'start']);
    stop();
  });

  it('ends at pagehide and starts again from the bfcache', () => {
    const stop = start();
    page.leave();
    page.restore();
    expect(calls).toEqual(['start', 'end hide', 'start']);
    stop();
  });

  it('is silent after its stop and leaves no listener and no hook', () => {
    const { pushState, replaceState } = history;
    const held = countListeners();
    const stop = start();
    expect(held()).toBeGreaterThan(0);
    stop();
    calls = [];
    history.pushState(null, '', '/c');
    expect([calls, held(), Object.hasOwn(history, 'pushState')]).toEqual([[], 0, false]);
    expect([history.pushState, history.replaceState]).toEqual([pushState, replaceState]);
  });
});

describe('the history hooks', () => {
  let page: ReturnType<typeof fakePage>;
  beforeEach(() => {
    page = fakePage();
  });
  afterEach(() => {
    Reflect.deleteProperty(history, 'pushState');
    page.close();
  });

  it('stay in place, doing nothing, when somebody hooked over them', () => {
    let starts = 0;
    const stop = watchNavigation(withoutNavigation(page.context), { onStart: () => starts++, onEnd: () => undefined });
    const ours = history.pushState;
    const theirs: History['pushState'] = (...args) => ours.apply(history, args);
    history.pushState = theirs;
    stop();
    history.pushState(null, '', '/theirs');
    expect([history.pushState === theirs, location.pathname, starts]).toEqual([true, '/theirs', 1]);
  });

  it('put back the hook that was there before', () => {
    const before: History['pushState'] = () => undefined;
    history.pushState = before;
    watchNavigation(withoutNavigation(page.context), { onStart: () => undefined, onEnd: () => undefined })();
    expect(history.pushState).toBe(before);
  });

  it('let the exception of the original through', () => {
    const stop = watchNavigation(withoutNavigation(page.context), { onStart: () => undefined, onEnd: () => undefined });
    expect(() => history.pushState(null, '', 'https://elsewhere.example/')).toThrow(/SecurityError|history state object/);
    stop();
  });
});
