import type { Bundle } from '../model/bundle.js';
import type { OffersQuestion, OffersState } from './contract.js';
import type { Offers, OffersModule, OffersOptions } from './offers-module.js';

export interface OfferedBundle {
  /** the same bundle, whose facts are those of the offers as soon as there are any */
  readonly bundle: Bundle;
  readonly see: Offers['see'];
  /** @see `Engine.lookAtOffers` */
  lookAtOffers(question: OffersQuestion): Promise<OffersState | undefined>;
}

export interface OfferedBundleOptions extends Omit<OffersOptions, 'index'> {
  readonly importOffers?: ((url: string) => Promise<OffersModule>) | undefined;
}

/** Lays a shop's offers over what a bundle's catalogue says; what reads them is loaded at the first look. */
export function offerOver(bundle: Bundle, options: OfferedBundleOptions): OfferedBundle {
  const { config, importOffers } = options;
  let offers: Offers | undefined;
  return {
    bundle: {
      ...bundle,
      factsOf(row) {
        const known = bundle.factsOf(row);
        return (bundle.hasCard?.(row) !== false && offers?.over(known, row)) || known;
      },
    },
    see: (view, request) => offers?.see(view, request),
    async lookAtOffers(question) {
      if (!config.offers || !importOffers) return undefined;
      // Asked for at each look: it is there after the first that succeeded, and a failure is not kept.
      const { openOffers } = await importOffers(config.offers.moduleUrl);
      offers ??= openOffers({ ...options, index: bundle.index });
      return offers.look(question);
    },
  };
}
