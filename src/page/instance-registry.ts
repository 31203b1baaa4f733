import type { Tillside } from './tillside.js';

// A symbol of the realm, so that the script tag, the npm package and two copies of either find the same one; markup cannot clobber it.
const KEY = Symbol.for('tillside.instance');
const home = globalThis as { [KEY]?: Tillside };

/** Name of the event on `document` that says that there is an instance; `detail` is the instance. */
export const READY_EVENT = 'tillside:ready';

/** Finds the one instance of this page. */
export function findInstance(): Tillside | undefined {
  return home[KEY];
}

/** Makes an instance the page's and announces it; returns the undo. */
export function registerInstance(instance: Tillside): () => void {
  home[KEY] = instance;
  document.dispatchEvent(new CustomEvent(READY_EVENT, { detail: instance }));
  return () => {
    if (home[KEY] === instance) delete home[KEY];
  };
}

/** Calls back when the next instance is announced; returns the undo. */
export function whenInstance(callback: () => void): () => void {
  const onReady = (): void => {
    if (findInstance()) callback();
  };
  document.addEventListener(READY_EVENT, onReady);
  return () => document.removeEventListener(READY_EVENT, onReady);
}
