import { VERSION } from '../core/engine/version.js';
import { createTillsideOn } from './create-tillside.js';
import { documentUrl } from './document-url.js';
import { findInstance } from './instance-registry.js';
import type { TillsideOptions } from './options.js';
import { assetsAt, type Files } from './platform.js';
import { reportError } from './report-error.js';
import { createReports, warn } from './reports.js';
import { toSafeUrl } from './safe-url.js';
import { readScriptConfig } from './script-config.js';
import type { Tillside } from './tillside.js';
import { whenPresent } from './when-present.js';

/** Calls kept until there is an instance. */
const MAX_QUEUE = 100;
const METHODS = [
  'consent',
  'track',
  'cart',
  'page',
  'account',
  'recommend',
  'add',
  'remove',
  'on',
  'erase',
  'forget',
  'exportData',
  'receipt',
  'status',
  'stop',
] as const;
type Method = (typeof METHODS)[number];

/** `window.tillside`: called as `tillside('consent', 'granted')` or `tillside.consent('granted')`; calls made too early are replayed. */
export interface TillsideGlobal extends Tillside {
  (method: Method, ...args: readonly unknown[]): unknown;
  /** Starts by hand, where `data-auto-init="false"`; what is not said here comes from the script's attributes. */
  init(options?: Partial<TillsideOptions>): Tillside | undefined;
}

declare global {
  interface Window {
    tillside?: TillsideGlobal;
    tillsideConfig?: Partial<TillsideOptions> & { readonly autoInit?: boolean };
  }
}

/** Sets up `window.tillside` and, unless the shop wants to do so itself, starts. A second script changes nothing. */
export function startFromScript(): void {
  const script = currentScript(); // read at once: it is null as soon as the script has run
  const present: unknown = window.tillside; // a stub with a queue, an element called so, or another tillside
  if (typeof present === 'function' && 'version' in present) return;
  const { options, autoInit } = readScriptConfig(window.tillsideConfig, script?.dataset ?? {});
  const tillside = createGlobal(options, script);
  window.tillside = tillside;
  const { q } = Object(present) as { q?: unknown };
  if (Array.isArray(q)) for (const args of q) tillside(...(args as Parameters<TillsideGlobal>));
  if (autoInit) tillside.init();
}

function currentScript(): HTMLScriptElement | undefined {
  // By the prototype's getter: <img name="currentScript"> hides the document's own property.
  const script: unknown = Reflect.get(Document.prototype, 'currentScript', document);
  return script instanceof HTMLScriptElement ? script : undefined;
}

/** Creates the callable global. Its methods reach the page's instance, however that came to be. */
function createGlobal(given: Partial<TillsideOptions>, script: HTMLScriptElement | undefined): TillsideGlobal {
  const scriptUrl = script?.src || documentUrl();
  let queue: Parameters<typeof call>[] = [];
  const call = (method: string, ...args: readonly unknown[]): unknown => {
    if (!METHODS.includes(method as Method)) {
      return warn({ code: 'invalid-options', message: `No method "${method}". Use ${METHODS.join(', ')}.` });
    }
    const instance = findInstance() as unknown as Record<string, (...args: readonly unknown[]) => unknown> | undefined;
    if (instance) return instance[method]?.(...args);
    if (queue.length < MAX_QUEUE) queue.push([method, ...args]);
    return undefined;
  };
  const init = (more?: Partial<TillsideOptions>): Tillside | undefined => {
    const options = { ...given, ...more } as TillsideOptions;
    try {
      const instance = createTillsideOn((baseUrl = scriptUrl) => filesAt(baseUrl), options);
      const baseUrl = toSafeUrl(options.baseUrl, documentUrl()) ?? scriptUrl;
      loadWidgets(instance, {
        load: (name) => importBeside(baseUrl, name),
        // A worker elsewhere may be in no `script-src`.
        workerUrl: options.workerUrl ? undefined : new URL('worker.js', baseUrl).href,
        script,
      });
      const calls = queue;
      queue = [];
      for (const args of calls) call(...args);
      return instance;
    } catch (error) {
      const { onError } = options;
      reportError(createReports(typeof onError === 'function' ? { onError } : {}), error);
      return undefined;
    }
  };
  const methods = Object.fromEntries(METHODS.map((method) => [method, call.bind(undefined, method)]));
  return Object.defineProperty(Object.assign(call, { version: VERSION, init }, methods), 'consentState', {
    get: () => findInstance()?.consentState ?? 'pending',
  }) as unknown as TillsideGlobal;
}

interface Loading {
  load(name: string): Promise<unknown>;
  /** of the worker's script, where that may come as any other script of the page */
  readonly workerUrl: string | undefined;
  /** ours, beside which the page lets other things of ours lie, by its nonce */
  readonly script: HTMLScriptElement | undefined;
}

/**
 * Loads what shows suggestions where it is used, and only while there is consent, with which the worker's script is asked for too: it comes beside
 * the loop, which starts it, and not after it. What shows the shopper's rights is loaded in any case.
 */
function loadWidgets(instance: Tillside, { load, workerUrl: href, script }: Loading): void {
  let giveUp = (): void => {};
  // Where it does not load there is nothing to see; a browser's console says which file is missing.
  const loadFor = (element: string, name: string): (() => void) => whenPresent(element, () => void load(name).catch(() => {}));
  const follow = (): void => {
    giveUp();
    if (instance.consentState !== 'granted') return;
    giveUp = loadFor('tillside-suggestions', 'element');
    if (!href || !script) return;
    const hint = Object.assign(document.createElement('link'), { rel: 'modulepreload', href, nonce: script.nonce });
    script.after(hint);
    hint.remove(); // it comes all the same
  };
  instance.on('consent', follow);
  follow();
  loadFor('tillside-privacy', 'privacy');
}

function filesAt(baseUrl: string): Files {
  return { ...assetsAt(baseUrl), load: (name) => importBeside(baseUrl, name) };
}

function importBeside(baseUrl: string, name: string) {
  return import(/* @vite-ignore */ new URL(`${name}.js`, baseUrl).href);
}
