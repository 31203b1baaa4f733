import type { Arm, Rules } from '../core/domain/slate.js';
import type { RuntimeChoice } from '../core/model/runtime-choice.js';
import type { Retention } from '../core/engine/contract.js';
import { type Diagnostic, TillsideError } from '../core/errors.js';
import { show } from '../core/show.js';
import { SOURCE_NAMES, type SourceName } from './adapters/detect-sources.js';
import type { AnalyticsOption } from './analytics/analytics-option.js';
import { isListOf, isMatch, isObject, isWhole } from './check-value.js';
import type { ConsentState } from './consent/consent-state.js';
import { toSafeUrl } from './safe-url.js';
import type { Strings } from './widget/strings.js';

/** Where the pictures of cards may come from. */
export type Images = 'all' | 'page-known' | 'sprite' | 'none';

/** What a shop tells tillside. Only `bundle` has to be said. */
export interface TillsideOptions {
  /** URL of the bundle's manifest.json; relative to the document */
  readonly bundle: string;
  /**
   * `auto`: what the consent platforms on the page say (Shopify, TCF 2.x, Google consent mode, OneTrust, Cookiebot), and `tillside.consent()`. Default `pending`: nothing is
   * read, stored or requested until `tillside.consent('granted')`
   */
  readonly consent?: ConsentState | 'auto';
  /**
   * `memory`: while consent is pending, what happens on the page is held in memory, the newest 500 events, and recorded once it is granted; nothing is
   * stored, and nothing but `loop.js` requested. Default: nothing of it is known
   */
  readonly beforeConsent?: 'memory';
  /** `strict`: with `consent: 'auto'`, Global Privacy Control and Do Not Track deny; otherwise they only switch integrations off */
  readonly gpc?: 'strict';
  /**
   * Where the cart and the products are read. `auto` (default): from every source that the page has (Shopify, WooCommerce, the GA4 or Adobe data layer,
   * microdata, `data-tillside-*` markup, JSON-LD); one name or several, the most trusted first; `manual`: from `cart()` and `track()` alone
   */
  readonly cart?: 'auto' | 'manual' | SourceName | readonly SourceName[];
  /**
   * What runs the model. `auto` (default): tillside's own runtime, in SIMD WebAssembly (`simd`) or, where the worker's policy or the browser refuses
   * that, in plain JavaScript (`js`); TF.js for a model with layers that it does not run. One by name: that one alone
   */
  readonly runtime?: RuntimeChoice;
  /** where TF.js runs: on wasm instead of plain JavaScript: `true` when its .wasm files lie in `wasm/` beside tfjs.js, or the URL of their folder */
  readonly wasm?: boolean | string;
  /** URL of worker.js on the page's own origin, for pages whose CSP refuses the one beside the script */
  readonly workerUrl?: string;
  /** prices, stock and promotions that change without training: `true` when they are in `offers.json` beside the manifest, or the URL of the file */
  readonly offers?: boolean | string;
  /** which market's offers are shown; default: that of the currency which the page shows, else the file's default */
  readonly market?: string;
  /** URL of the folder that holds worker.js, runtime.js, tfjs.js, page-engine.js and json-ld.js; default: where this script came from */
  readonly baseUrl?: string;
  readonly storage?: 'indexeddb' | 'memory';
  readonly retention?: Partial<Retention>;
  /** rules that hold for every slate */
  readonly rules?: Rules;
  /** `cart` (default): reasons speak of the cart only; `session`: of what was viewed and bought too */
  readonly reasons?: 'cart' | 'session';
  /**
   * Categories of which nothing is kept (no view, no purchase, no reason) and nothing is suggested unless `rules.pin` names it: "Health > Intimate"
   * means all that lies under it too. The bundle's catalogue says what is in them; an item it does not know counts as one.
   */
  readonly sensitive?: readonly string[];
  /**
   * Who uses the device: an opaque id or hash, or null while nobody is logged in; absent: the shop does not say. When it is another
   * account's, or the account was left, everything kept is erased before anything is recorded or suggested. It is stored as a salted hash.
   */
  readonly account?: string | null;
  /**
   * Pictures on the cards: `all` (default): the catalogue's; `page-known`: those from where the page itself loads or names some already, so
   * that no further host learns of the visit; `sprite`: parts of one sheet, `spriteUrl`, so that no request tells what is suggested; `none`: a letter
   */
  readonly images?: Images;
  /** with `images: 'sprite'`: URL of the sheet; where each picture lies on it, `<that URL>.json` says: `{ "<item_id>": [x, y, width, height] }`, px */
  readonly spriteUrl?: string;
  /** base64 raw Ed25519 keys; with one, an unsigned bundle never runs */
  readonly publicKeys?: readonly string[];
  /** BCP 47; default: the document's language */
  readonly locale?: string;
  /** the shop's own words for the widget, over those of the language; `docs/widget.md` lists them */
  readonly strings?: Partial<Strings>;
  /** tells the shop's own analytics what is suggested and what becomes of it; default: nobody. With consent only, and not where GPC or DNT is signalled */
  readonly analytics?: AnalyticsOption;
  /**
   * Measures what suggestions bring: this share of the shoppers, above 0 and below 1, is shown none. Each is drawn on the device, with consent, and
   * the cart carries the arm to the order, as `tillside_arm` (Shopify, WooCommerce, or `onArm`); `tillside uplift` reads the orders
   */
  readonly holdout?: number;
  /** told of the shopper's arm on each page once it is known, to be written on the order; `undefined`: it is to be taken off again */
  readonly onArm?: (arm: Arm | undefined) => void;
  /** told of what the shopper notices, once a code */
  readonly onError?: (problem: Diagnostic) => void;
  /** told of what was survived unnoticed, once a code */
  readonly onDiagnostic?: (problem: Diagnostic) => void;
}

/** Options with every default filled in and every URL absolute. */
export interface ResolvedOptions {
  readonly manifestUrl: string;
  readonly consent: ConsentState | 'auto';
  readonly beforeConsent: 'memory' | undefined;
  readonly gpc: 'strict' | undefined;
  /** the sources, `manual` being none */
  readonly cart: 'auto' | readonly SourceName[];
  readonly runtime: RuntimeChoice;
  readonly wasm: boolean | string;
  readonly workerUrl: string | undefined;
  readonly offersUrl: string | undefined;
  readonly market: string | undefined;
  readonly baseUrl: string | undefined;
  readonly storage: 'indexeddb' | 'memory';
  readonly retention: Retention;
  readonly rules: Rules;
  readonly reasons: 'cart' | 'session';
  readonly sensitive: readonly string[];
  /** `''`: nobody is logged in */
  readonly account: string | undefined;
  readonly images: Images;
  readonly spriteUrl: string | undefined;
  readonly publicKeys: readonly string[];
  readonly locale: string | undefined;
  readonly strings: Partial<Strings>;
  readonly analytics: AnalyticsOption | undefined;
  /** a share; the script tag's is still its text */
  readonly holdout: number | string | undefined;
  readonly onArm: ((arm: Arm | undefined) => void) | undefined;
  readonly onError: ((problem: Diagnostic) => void) | undefined;
  readonly onDiagnostic: ((problem: Diagnostic) => void) | undefined;
}

const DEFAULT_RETENTION: Retention = { eventDays: 7, maxEvents: 2_000, stateDays: 30, purchaseDays: 396 };

/** What an option is when nothing is said, whether a value is right, and what would be. */
type Rule = readonly [fallback: unknown, isRight: (value: unknown) => boolean, remedy: string];

const OBJECT: Rule = [{}, isObject, 'Pass an object.'];
const FUNCTION: Rule = [undefined, (value) => typeof value === 'function', 'Pass a function.'];
/** The first word is the default. */
const oneOf = (...words: readonly unknown[]): Rule => [
  words[0],
  (value) => words.includes(value),
  `Use "${words.join('" or "')}".`,
];
const textsOf = (remedy: string): Rule => [[], isListOf(isMatch(/./)), remedy];

const RULES: Readonly<Record<string, Rule>> = {
  consent: oneOf('pending', 'granted', 'denied', 'auto'),
  beforeConsent: oneOf(undefined, 'memory'),
  gpc: oneOf(undefined, 'strict'),
  runtime: oneOf('auto', 'simd', 'js', 'tfjs'),
  storage: oneOf('indexeddb', 'memory'),
  reasons: oneOf('cart', 'session'),
  retention: OBJECT,
  rules: OBJECT,
  images: oneOf('all', 'page-known', 'sprite', 'none'),
  sensitive: textsOf('List categories.'),
  publicKeys: textsOf('List what "tillside keygen" printed.'),
  strings: OBJECT,
  analytics: [undefined, (value) => value === 'ga4' || isObject(value), 'Use "ga4" or { onView, onSelect, onAdd }.'],
  locale: [undefined, isMatch(/./), 'Use a tag such as "en-GB".'],
  market: [undefined, isMatch(/./), 'Name a market of the offers.'],
  holdout: [undefined, (value) => (value as number) > 0 && (value as number) < 1, 'Use a share such as 0.1.'],
  onArm: FUNCTION,
  onError: FUNCTION,
  onDiagnostic: FUNCTION,
};

/**
 * Checks a shop's options and fills in the defaults.
 *
 * @param documentUrl what relative URLs are relative to
 * @throws {TillsideError} `invalid-options` naming the option, the value seen and the remedy
 */
export function resolveOptions(options: TillsideOptions, documentUrl: string): ResolvedOptions {
  if (!isObject(options)) throw invalid('options', options, 'Pass { bundle: "/models/shop/manifest.json" }.');
  const url = (name: string, value = options[name]): string => {
    const href = toSafeUrl(value, documentUrl);
    if (href) return href;
    throw invalid(name, value, 'Use an http(s) URL.');
  };
  const { cart = 'auto', workerUrl, baseUrl, account, wasm = false, offers = false } = options;
  const isAuto = String(cart) === 'auto'; // an attribute's text is a list
  const names = (isAuto || String(cart) === 'manual' ? [] : [cart].flat()) as SourceName[];
  if (!names.every((name) => SOURCE_NAMES.includes(name)))
    throw invalid('cart', cart, `Use "auto", "manual" or ${SOURCE_NAMES.join(', ')}.`);
  const manifestUrl = url('bundle');
  const resolved: Record<string, unknown> = {
    manifestUrl,
    offersUrl: offers === true ? new URL('offers.json', manifestUrl).href : offers ? url('offers') : undefined,
    workerUrl: workerUrl === undefined ? workerUrl : url('workerUrl'),
    baseUrl: baseUrl === undefined ? baseUrl : url('baseUrl'),
    spriteUrl: options.images === 'sprite' ? url('spriteUrl') : undefined,
    cart: isAuto ? 'auto' : names,
    account: toAccount(account),
    wasm: typeof wasm === 'boolean' ? wasm : url('wasm'),
  };
  for (const [name, [fallback, isRight, remedy]] of Object.entries(RULES)) {
    const value = options[name] ?? fallback;
    if (value !== undefined && !isRight(value)) throw invalid(name, value, remedy);
    resolved[name] = value;
  }
  const retention = { ...DEFAULT_RETENTION, ...(resolved['retention'] as Partial<Retention>) };
  for (const [name, value] of Object.entries(retention))
    if (!Object.hasOwn(DEFAULT_RETENTION, name) || !isWhole(value))
      throw invalid(`retention.${name}`, value, `Use whole numbers: ${Object.keys(DEFAULT_RETENTION).join(', ')}.`);
  // Every field was checked one by one above.
  return { ...resolved, retention } as unknown as ResolvedOptions;
}

/** Nobody is `''`, a number one more opaque id; nothing said stays so. */
export function toAccount(id: unknown): string | undefined {
  return id === undefined ? id : String(id ?? '');
}

function invalid(name: string, value: unknown, remedy: string): TillsideError {
  return new TillsideError('invalid-options', `Option "${name}" is ${show(value)}. ${remedy}`);
}
