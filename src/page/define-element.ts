import { findInstance, whenInstance } from './instance-registry.js';
import type { TillsideInstance } from './tillside.js';

/** Registers an element of ours, once; a name that is somebody else's is reported, and nothing is rendered. On a server it does nothing. */
export function defineElement(name: string, Element: CustomElementConstructor & { readonly isTillside: true }): void {
  const registry = globalThis.customElements;
  if (!registry) return; // a server
  const taken = registry.get(name) as { readonly isTillside?: unknown } | undefined;
  const report = (): void => {
    const message = `<${name}> is another script's. Load tillside before it.`;
    (findInstance() as TillsideInstance | undefined)?.onError('widget-failed', message);
  };
  if (!taken) registry.define(name, Element);
  else if (!taken.isTillside) {
    report();
    whenInstance(report);
  }
}
