import { TillsideError } from './core/errors.js';
import { createTillsideOn } from './page/create-tillside.js';
import type { TillsideOptions } from './page/options.js';
import { assetsAt, type Chunks, type Files, type Platform } from './page/platform.js';
import type { Tillside } from './page/tillside.js';

// Each expression in the form that Vite, webpack and Parcel follow to the file beside this one.
const CHUNKS: { readonly [Name in keyof Chunks]: () => Promise<Chunks[Name]> } = {
  loop: () => import('./loop.js'),
  'page-engine': () => import('./page-engine.js'),
  'json-ld': () => import('./json-ld.js'),
  analytics: () => import('./analytics.js'),
  offers: () => import('./offers.js'),
  holdout: () => import('./holdout.js'),
  messages: () => import('./messages.js'),
  sources: () => import('./sources.js'),
  receipt: () => import('./receipt.js'),
};
const HERE: Files = {
  spawnWorker: () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }),
  runtimeUrl: new URL('./runtime.js', import.meta.url).href,
  tfjsUrl: new URL('./tfjs.js', import.meta.url).href,
  offersUrl: new URL('./offers.js', import.meta.url).href,
  load: (name) => CHUNKS[name](),
};
const findFiles: Platform = (baseUrl) => (baseUrl ? { ...HERE, ...assetsAt(baseUrl) } : HERE);

const NO_PAGE =
  'createTillside was called without a document. Call it in the browser: in an effect, onMounted or a client plugin.';

/**
 * Creates the page's tillside, or returns the one it has. Nothing is read, stored or requested until consent is granted.
 *
 * @throws {TillsideError} `invalid-options`; `page-required` where there is no document, as on a server
 */
export function createTillside(options: TillsideOptions): Tillside {
  if (typeof document === 'undefined') throw new TillsideError('page-required', NO_PAGE);
  return createTillsideOn(findFiles, options);
}

export type { CartLine } from './core/domain/cart.js';
export type { EventType, InteractionEvent, Trackable } from './core/domain/event.js';
export type { Availability, ItemFacts } from './core/domain/item.js';
export type {
  Arm,
  Reason,
  ReasonCode,
  Relation,
  Rules,
  Signal,
  SignalContribution,
  Slate,
  SlateItem,
  Strategy,
} from './core/domain/slate.js';
export type { EngineStatus, ExportedData, RecommendRequest, Retention } from './core/engine/contract.js';
export { type Diagnostic, type ErrorCode, TillsideError } from './core/errors.js';
export { VERSION as version } from './core/engine/version.js';
export type { ConsentAnswer, ConsentState } from './page/consent/consent-state.js';
export type { AnalyticsHandlers, ListedItem } from './page/analytics/analytics-option.js';
export type { TillsideOptions } from './page/options.js';
export type { ChannelName, Receipt, ReceiptChannel, ReceiptRequest } from './page/receipt.js';
export type { AddedItem, AddOptions, Tillside, TillsideEvents, TillsideStatus } from './page/tillside.js';
export type { Strings } from './page/widget/strings.js';
export type { TillsideSuggestionsElement } from './page/widget/suggestions-element.js';
