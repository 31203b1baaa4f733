import type { Rules } from '../core/domain/slate.js';
import type { Retention } from '../core/engine/contract.js';
import type { Diagnostic } from '../core/errors.js';
import { TillsideError } from '../core/errors.js';
import type { ConsentState } from './consent/consent-gate.js';

/** What a shop tells tillside. Only `bundle` has to be said. */
export interface TillsideOptions {
  /** URL of the bundle's manifest.json; relative to the document */
  readonly bundle: string;
  /** default `pending`: nothing is read, stored or requested until `tillside.consent('granted')` */
  readonly consent?: ConsentState;
  /** `auto` (default) reads the cart from `data-tillside-*` markup and products from JSON-LD; `manual` leaves both to `cart()` and `track()` */
  readonly cart?: 'auto' | 'manual';
  readonly runtime?: 'auto' | 'tfjs';
  /** runs TF.js on wasm instead of plain JavaScript: `true` when its .wasm files lie beside tfjs.js, or the URL of their folder */
  readonly wasm?: boolean | string;
  /** URL of worker.js on the page's own origin, for pages whose CSP refuses the one beside the script */
  readonly workerUrl?: string;
  /** URL of the folder that holds worker.js, tfjs.js and page-engine.js; default: where this script came from */
  readonly baseUrl?: string;
  readonly storage?: 'indexeddb' | 'memory';
  readonly retention?: Partial<Retention>;
  /** rules that hold for every slate */
  readonly rules?: Rules;
  /** `cart` (default): reasons speak of the cart only; `session`: of what was viewed and bought too */
  readonly reasons?: 'cart' | 'session';
  /** base64 raw Ed25519 keys; with one, an unsigned bundle never runs */
  readonly publicKeys?: readonly string[];
  /** BCP 47; default: the document's language */
  readonly locale?: string;
  /** told of what the shopper notices, once a code */
  readonly onError?: (problem: Diagnostic) => void;
  /** told of what was survived unnoticed, once a code */
  readonly onDiagnostic?: (problem: Diagnostic) => void;
}

/** Options with every default filled in and every URL absolute. */
export interface ResolvedOptions {
  readonly manifestUrl: string;
  readonly consent: ConsentState;
  readonly cart: 'auto' | 'manual';
  readonly runtime: 'auto' | 'tfjs';
  readonly wasm: boolean | string;
  readonly workerUrl: string | undefined;
  readonly baseUrl: string | undefined;
  readonly storage: 'indexeddb' | 'memory';
  readonly retention: Retention;
  readonly rules: Rules;
  readonly reasons: 'cart' | 'session';
  readonly publicKeys: readonly string[];
  readonly locale: string | undefined;
  readonly onError: ((problem: Diagnostic) => void) | undefined;
  readonly onDiagnostic: ((problem: Diagnostic) => void) | undefined;
}

const DEFAULT_RETENTION: Retention = { eventDays: 7, maxEvents: 2_000, stateDays: 30, purchaseDays: 396 };

/**
 * Checks a shop's options and fills in the defaults.
 *
 * @param documentUrl what relative URLs are relative to
 * @throws {TillsideError} `invalid-options` naming the option, the value seen and the remedy
 */
export function resolveOptions(options: TillsideOptions, documentUrl: string): ResolvedOptions {
  if (typeof options !== 'object' || options === null)
    throw invalid('options', options, 'Pass an object: createTillside({ bundle: "/models/shop/manifest.json" }).');
  const url = (name: 'bundle' | 'workerUrl' | 'baseUrl' | 'wasm'): string | undefined => toUrl(name, options[name], documentUrl);
  const manifestUrl = url('bundle');
  if (!manifestUrl) throw invalid('bundle', options.bundle, "Set it to the URL of your bundle's manifest.json.");
  return {
    manifestUrl,
    consent: oneOf('consent', options.consent, ['pending', 'granted', 'denied']),
    cart: oneOf('cart', options.cart, ['auto', 'manual']),
    runtime: oneOf('runtime', options.runtime, ['auto', 'tfjs']),
    wasm: typeof options.wasm === 'boolean' ? options.wasm : (url('wasm') ?? false),
    workerUrl: url('workerUrl'),
    baseUrl: url('baseUrl'),
    storage: oneOf('storage', options.storage, ['indexeddb', 'memory']),
    retention: toRetention(options.retention),
    rules: check('rules', options.rules ?? {}, [isPlainObject, 'Pass an object of rules, such as { maxPrice: 20 }.']),
    reasons: oneOf('reasons', options.reasons, ['cart', 'session']),
    publicKeys: check('publicKeys', options.publicKeys ?? [], [
      isStringList,
      'Pass the base64 strings that `tillside keygen` prints.',
    ]),
    locale: check('locale', options.locale, [isOptional('string'), 'Pass a language tag such as "en-GB".']),
    onError: check('onError', options.onError, [isOptional('function'), 'Pass a function.']),
    onDiagnostic: check('onDiagnostic', options.onDiagnostic, [isOptional('function'), 'Pass a function.']),
  };
}

/** What an option has to be, and what to do when it is not. */
type Rule<T> = readonly [isValid: (value: T) => boolean, remedy: string];

/** The first of `allowed` is the default. */
function oneOf<T extends string>(name: string, value: T | undefined, allowed: readonly [T, ...T[]]): T {
  const remedy = `Use ${allowed.map((word) => `"${word}"`).join(' or ')}.`;
  return check(name, value ?? allowed[0], [(seen) => allowed.includes(seen), remedy]);
}

function toUrl(name: string, value: unknown, base: string): string | undefined {
  if (value === undefined || value === false) return undefined;
  if (typeof value === 'string' && value !== '') {
    try {
      const { protocol, href } = new URL(value, base);
      if (protocol === 'https:' || protocol === 'http:') return href;
    } catch {
      // refused below, like a URL of another scheme
    }
  }
  throw invalid(name, value, 'Use an http(s) URL, absolute or relative to the page.');
}

function toRetention(given: Partial<Retention> = {}): Retention {
  const remedy = `Pass whole numbers from 0 for ${Object.keys(DEFAULT_RETENTION).join(', ')}.`;
  check('retention', given, [isPlainObject, remedy]);
  for (const [name, value] of Object.entries(given)) {
    const isFine = Object.hasOwn(DEFAULT_RETENTION, name) && Number.isInteger(value) && value >= 0;
    check(`retention.${name}`, value, [() => isFine, remedy]);
  }
  return { ...DEFAULT_RETENTION, ...given };
}

function check<T>(name: string, value: T, [isValid, remedy]: Rule<T>): T {
  if (!isValid(value)) throw invalid(name, value, remedy);
  return value;
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStringList(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function isOptional(type: 'string' | 'function'): (value: unknown) => boolean {
  return (value) => value === undefined || typeof value === type;
}

function invalid(name: string, value: unknown, remedy: string): TillsideError {
  return new TillsideError('invalid-options', `Option "${name}" is ${describe(value)}. ${remedy}`);
}

/** A stranger's value in a message: short, and never a reason to throw. */
function describe(value: unknown): string {
  try {
    return (JSON.stringify(value) ?? String(value)).slice(0, 80);
  } catch {
    return typeof value; // cyclic, a bigint, or an object whose toJSON throws
  }
}
