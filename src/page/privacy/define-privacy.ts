import { findInstance, whenInstance } from '../instance-registry.js';
import type { TillsideInstance } from '../tillside.js';
import { TillsidePrivacyElement } from './privacy-element.js';

/** The element's name on every page. */
const ELEMENT_NAME = 'tillside-privacy';

/** Registers `<tillside-privacy>`, once; a name that is somebody else's is reported, and nothing is rendered. */
export function definePrivacy(): void {
  const registry = globalThis.customElements;
  if (!registry) return; // a server
  const taken = registry.get(ELEMENT_NAME) as { readonly isTillside?: unknown } | undefined;
  if (!taken) registry.define(ELEMENT_NAME, TillsidePrivacyElement);
  else if (!taken.isTillside) {
    reportTaken();
    whenInstance(reportTaken);
  }
}

function reportTaken(): void {
  const message = `<${ELEMENT_NAME}> is registered by another script. Load tillside before it, or remove that registration.`;
  (findInstance() as TillsideInstance | undefined)?.onError('widget-failed', message);
}
