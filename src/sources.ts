// A file of its own: what a page with a platform's own cart loads.
export { loadArmWriter, startSources } from './page/adapters/sources.js';
