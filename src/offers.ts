// A shop's offers, as a file of its own, loaded only where a shop has them: one half by the page, the other where the engine runs.
export { openOffers } from './core/offers/open-offers.js';
export { followOffers } from './page/follow-offers.js';
