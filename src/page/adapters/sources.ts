// In: the names of the sources that a page has. Out: what they tell, merged, in the page's sink; and adds through the platform's own way.
import type { CaptureContext } from '../capture/capture-context.js';
import type { SourceName } from './detect-sources.js';
import { type MergeOptions, SourceMerger } from './merge-sources.js';
import type { AddOrder, CartAction, CreatePlatformSource, PlatformSource } from './platform-source.js';

/** Each adapter is a file of its own: one that is not picked costs nothing. */
const ADAPTERS: Readonly<Partial<Record<SourceName, () => Promise<CreatePlatformSource>>>> = {
  shopify: async () => (await import('./shopify.js')).createShopifySource,
  'shopify-theme': async () => (await import('./shopify-theme.js')).createShopifyThemeSource,
  woocommerce: async () => (await import('./woocommerce.js')).createWooCommerceSource,
  adobe: async () => (await import('./adobe.js')).createAdobeSource,
  ga4: async () => (await import('./ga4.js')).createGa4Source,
  microdata: async () => (await import('./microdata.js')).createMicrodataSource,
};

export interface SourcesOptions extends MergeOptions {
  /** the markup's source, which is in the page script already; absent: the markup is not read */
  readonly markup: PlatformSource | false;
}

/** Loads what writes the arm of a holdout test on the platform's cart: beside the adapters, with which it shares most. */
export async function loadArmWriter(): Promise<typeof import('./write-arm.js').writeArm> {
  return (await import('./write-arm.js')).writeArm;
}

/** The sources of one page. */
export interface RunningSources {
  /** Loads and starts sources; one that does not run is reported, and the others go on. */
  join(names: readonly SourceName[]): Promise<void>;
  /**
   * Acts through the first source that can; rejects with the platform's own words. Nothing where none can.
   *
   * @returns fulfilled with whether that source can take back what it added
   */
  act(action: CartAction, order: AddOrder): Promise<boolean> | undefined;
  stop(): void;
}

/** Starts merging; the markup is part of it from the start. */
export function startSources(context: CaptureContext, options: SourcesOptions): RunningSources {
  const merger = new SourceMerger(context, options);
  const running = new Map<string, { readonly source: PlatformSource; readonly stop: () => void }>();
  let isStopped = false;
  const start = (name: string, source: PlatformSource): void => {
    if (!isStopped) running.set(name, { source, stop: source.start(merger.sinkOf(name)) });
  };
  const load = async (name: SourceName): Promise<void> => {
    try {
      const create = await ADAPTERS[name]?.();
      if (create) start(name, create(context));
    } catch (error) {
      context.onError('page-failed', `The ${name} adapter does not run: ${error}. Serve the files of one release side by side.`);
    }
  };
  if (options.markup) start('markup', options.markup);
  return {
    async join(names) {
      await Promise.all(names.map(load));
      context.onError('source-picked', `The cart is read from ${[...running.keys()].join(', ')}. Name others by data-cart.`);
    },
    act(action, order) {
      const able = options.order.flatMap((name) => running.get(name)?.source ?? []).find((source) => source[action]);
      return able?.[action]?.(order).then(() => !!able.remove);
    },
    stop() {
      isStopped = true;
      for (const { stop } of running.values()) stop();
      merger.stop();
    },
  };
}
