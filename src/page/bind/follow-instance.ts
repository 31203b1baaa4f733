import { findInstance, whenInstance } from '../instance-registry.js';
import type { TillsideInstance } from '../tillside.js';

/**
 * Follows the page's tillside: the one there is, and each that comes after it.
 *
 * @param follow called with an instance; returns what is called before the next, and at the end
 * @returns the undo
 */
export function followInstance(follow: (instance: TillsideInstance) => () => void): () => void {
  let stop: (() => void) | undefined;
  const start = (): void => {
    stop?.();
    const instance = findInstance() as TillsideInstance | undefined;
    stop = instance && follow(instance);
  };
  const unwatch = whenInstance(start);
  start();
  return () => {
    unwatch();
    stop?.();
  };
}
