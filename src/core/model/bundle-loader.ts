// In: the URL of a manifest. Out: a bundle in which nothing is unchecked, from the network or, failing that, from the last good copy.
import { type Diagnostic, TillsideError, toDiagnostic } from '../errors.js';
import type { Bundle } from './bundle.js';
import { filesIn } from './bundle-bytes.js';
import type { FileRole } from './bundle-format.js';
import { type ReadNeighbours, readFirstStage, readTables, type Tables } from './bundle-parts.js';
import { verifyFile } from './digest.js';
import { EARLY_FILE, readEarly } from './early-files.js';
import type { FetchFile } from './fetch-file.js';
import { FIRST_ROLES, hasFirstStage, hasModels, MAX_MANIFEST_BYTES, MODEL_ROLES, SMALLER_ROLES } from './manifest.js';
import type { BundleFile, Manifest } from './manifest.schema.js';
import { decodeText } from './parse-json.js';
import type { readModels } from './read-models.js';
import { isExpired, MAX_FILE_BYTES, readVerified, refuseOld } from './verified-manifest.js';

/** Where verified bundles are kept between visits: the part of the engine's store that the loader needs. */
export interface BundleCache {
  readManifest(): Promise<string | undefined>;
  readFile(sha256: string): Promise<Uint8Array | undefined>;
  writeBundle(manifestText: string, files: readonly { readonly sha256: string; readonly bytes: Uint8Array }[]): Promise<void>;
}

export interface LoadBundleOptions {
  /** absolute URL; the other files lie beside it */
  readonly manifestUrl: string;
  readonly fetchFile: FetchFile;
  readonly cache?: BundleCache;
  /** base64 raw Ed25519 keys; when there is one, an unsigned bundle never runs */
  readonly publicKeys: readonly string[];
  /** epoch ms */
  readonly now: number;
  /** for each file, default 30 s (the manifest: 5 s, `EARLY_FILE`: 10 s) */
  readonly timeoutMs?: number;
  /** told before the files are fetched that no first stage has */
  readonly onManifest?: (manifest: Manifest) => void;
  /**
   * told of what the first slates can be made from as soon as it is in: the last good copy's while the network is asked, then the network's
   * if that is another. The rest is decoded when the answer settles. Absent: nothing is read but the whole
   */
  readonly onFirstStage?: ((tables: Tables, source: LoadedBundle['source']) => Promise<void>) | undefined;
  /** true where the bundle is to end with its first stage, if it has one */
  readonly isSparing?: boolean | undefined;
  /** default: in place */
  readonly readNeighbours?: ReadNeighbours | undefined;
  /** loads what reads models, where there are any; absent, or when it has nothing: the bundle comes without them */
  readonly loadModelReader?: LoadModelReader | undefined;
}

export type LoadModelReader = () => Promise<typeof readModels | undefined>;

export interface LoadedBundle {
  readonly bundle: Bundle;
  readonly source: 'network' | 'cache';
  /** what went wrong and was survived */
  readonly diagnostics: readonly Diagnostic[];
  /** settles when the cache has it, with what went wrong there; absent where there is nothing to write */
  readonly kept?: Promise<readonly Diagnostic[]>;
  /** true where the rest of the bundle was left where it is */
  readonly isFirstStage?: boolean;
}

const MANIFEST_TIMEOUT_MS = 5_000;
const FILE_TIMEOUT_MS = 30_000;
/** The file that comes beside the manifest is a short cut: one that takes longer is none. */
const EARLY_TIMEOUT_MS = 10_000;

type Bytes = Map<FileRole, Uint8Array>;
type ReadBytes = (file: BundleFile) => Promise<Uint8Array>;

/** A bundle read from one place; `modelError` says why it has tables alone. */
interface Attempt {
  readonly bundle: Bundle;
  readonly bytes: Bytes;
  readonly modelError?: unknown;
  readonly isFirstStage?: boolean;
}

/** What is in of a bundle that slates are made from already. */
interface FirstStage {
  readonly tables: Tables;
  readonly bytes: Bytes;
  /** settles when the first slate is made */
  readonly used: Promise<void>;
}

/** The last good copy, as far as it was read. */
interface Copy {
  readonly text: string;
  readonly manifest: Manifest;
  readonly read: ReadBytes;
  readonly first: FirstStage | undefined;
}

/** What there is without the manifest that is asked for. */
interface Known {
  readonly copy: Copy | undefined;
  /** the bytes of `EARLY_FILE`, unchecked */
  readonly early: Promise<Uint8Array> | undefined;
}

/**
 * Loads, verifies and caches a bundle. When that fails, the last good copy runs; when only the models fail and no copy has any, the
 * bundle comes without them.
 *
 * @throws {TillsideError} the network's error, when there is no good copy: `bundle-unreachable`, `bundle-timeout`, `bundle-too-large`,
 * `bundle-expired`, `manifest-invalid`, `signature-invalid`, `digest-mismatch`, `model-invalid`, `model-incompatible`
 */
export async function loadBundle(options: LoadBundleOptions): Promise<LoadedBundle> {
  const fetching = fetchManifest(options);
  fetching.catch(() => {}); // awaited when the copy is open
  const copy = await openCopy(options);
  const early = copy ? undefined : askEarly(options);
  const readCopy = () => copy && attempt(copy.manifest, copy, options).catch(() => undefined);
  try {
    const { fresh, diagnostics, ...more } = await readFresh(await fetching, { copy, early }, options);
    if (fresh.modelError === undefined) return { ...fresh, ...more, source: 'network', diagnostics };
    const last = await readCopy(); // the fresh bundle's own tables are else the better fall
    return last?.bundle.models
      ? { bundle: last.bundle, source: 'cache', diagnostics }
      : { bundle: fresh.bundle, source: 'network', diagnostics };
  } catch (error) {
    const last = await readCopy(); // the network's error is the one to tell
    if (!last) throw error;
    const errors = last.modelError === undefined ? [error] : [error, last.modelError];
    return { bundle: last.bundle, source: 'cache', diagnostics: errors.map((each) => toDiagnostic(each, 'bundle-unreachable')) };
  }
}

async function fetchManifest(options: LoadBundleOptions): Promise<string> {
  const { manifestUrl, fetchFile, timeoutMs = MANIFEST_TIMEOUT_MS } = options;
  const bytes = await fetchFile(manifestUrl, { maxBytes: MAX_MANIFEST_BYTES, timeoutMs, revalidate: true });
  return decodeText(bytes, { what: 'The manifest', code: 'manifest-invalid' });
}

/** Asks for the first stage beside the manifest, where one is to be told of. */
function askEarly({ manifestUrl, fetchFile, timeoutMs = EARLY_TIMEOUT_MS, onFirstStage }: LoadBundleOptions) {
  const asked = onFirstStage && fetchFile(new URL(EARLY_FILE, manifestUrl).href, { maxBytes: MAX_FILE_BYTES, timeoutMs });
  asked?.catch(() => {}); // the files are then asked for by their own names
  return asked;
}

/** Opens the last good copy, and its first stage while that may run; nothing where there is none, or none that can be read. */
async function openCopy(options: LoadBundleOptions): Promise<Copy | undefined> {
  const { cache, publicKeys, now } = options;
  try {
    const text = await cache?.readManifest();
    if (text === undefined || !cache) return undefined;
    const manifest = await readVerified(text, publicKeys);
    const read: ReadBytes = (file) => readCached(cache, file);
    const isCurrent = !isExpired(manifest, now);
    const first = isCurrent ? openFirstStage(manifest, read, { ...options, source: 'cache' }) : undefined;
    return { text, manifest, read, first: await first?.catch(() => undefined) };
  } catch {
    return undefined; // an unreadable cache is an empty one
  }
}

async function readFresh(text: string, { copy, early }: Known, options: LoadBundleOptions) {
  const { manifestUrl, fetchFile, cache, publicKeys, now, timeoutMs = FILE_TIMEOUT_MS, onManifest, isSparing } = options;
  const isKnown = text === copy?.text;
  const manifest = isKnown ? copy.manifest : await readVerified(text, publicKeys);
  refuseOld(manifest, copy?.manifest, now);
  let sizeFetched = 0;
  const read: ReadBytes = async (file) => {
    const known = copy ? cache && readCached(cache, file) : early && readEarly(early, file, manifest);
    const kept = await known?.catch(() => undefined); // fetched again when it is not there or not whole
    if (kept) return kept;
    const bytes = await fetchFile(new URL(file.path, manifestUrl).href, { maxBytes: file.bytes, timeoutMs });
    await verifyFile(bytes, file);
    sizeFetched += bytes.length;
    return bytes;
  };
  const errors: unknown[] = [];
  const open = () => openFirstStage(manifest, read, { ...options, source: 'network' }).catch((error) => void errors.push(error));
  const first = (isKnown && copy.first) || (await open());
  if (!first || !isSparing) onManifest?.(manifest);
  const fresh: Attempt =
    first && isSparing
      ? { ...first, bundle: first.tables, isFirstStage: true }
      : await attempt(manifest, { read, first }, options);
  if (fresh.modelError !== undefined) errors.unshift(fresh.modelError);
  const isLess = fresh.isFirstStage && copy !== undefined && !isKnown; // than the copy may be, which would be gone
  const isNew = fresh.modelError === undefined && !isLess && (!isKnown || sizeFetched > 0);
  return {
    fresh,
    diagnostics: errors.map((error) => toDiagnostic(error, 'model-invalid')),
    ...(isNew && cache && { kept: keep(text, fresh, cache) }),
  };
}

/** Reads what a first slate can be made from, and tells of it; nothing where it is not asked for or the bundle has none. */
async function openFirstStage(
  manifest: Manifest,
  read: ReadBytes,
  {
    onFirstStage,
    readNeighbours,
    source,
  }: Pick<LoadBundleOptions, 'onFirstStage' | 'readNeighbours'> & Pick<LoadedBundle, 'source'>,
): Promise<FirstStage | undefined> {
  if (!onFirstStage || !hasFirstStage(manifest)) return undefined;
  const files = manifest.files.filter(({ role }) => FIRST_ROLES.includes(role));
  const bytes: Bytes = new Map(await Promise.all(files.map(async (file) => [file.role, await read(file)] as const)));
  const tables = readFirstStage(manifest, bytes, readNeighbours);
  return { tables, bytes, used: onFirstStage(tables, source) };
}

/** Reads every file that is not in yet, in parallel, when the first slate is made; a table that fails, fails it, a model that fails is left out. */
async function attempt(
  manifest: Manifest,
  { read, first }: Pick<Copy, 'read' | 'first'>,
  { loadModelReader, readNeighbours }: LoadBundleOptions,
): Promise<Attempt> {
  await first?.used; // to ask for the rest, or to read it from the device, takes what the first slate and the session are waiting for
  const bytes: Bytes = new Map(first?.bytes);
  let modelError: unknown;
  await Promise.all(
    manifest.files.map(async (file) => {
      if (bytes.has(file.role) || SMALLER_ROLES.includes(file.role)) return;
      try {
        bytes.set(file.role, await read(file));
      } catch (error) {
        if (!MODEL_ROLES.includes(file.role)) throw error;
        modelError ??= error;
      }
    }),
  );
  const tables = readTables(manifest, bytes, readNeighbours);
  if (!hasModels(manifest)) return { bundle: tables, bytes };
  try {
    if (modelError !== undefined) throw modelError;
    const models = (await loadModelReader?.())?.(manifest, filesIn(bytes));
    return { bundle: models ? { ...tables, models } : tables, bytes };
  } catch (error) {
    return { bundle: tables, bytes, modelError: error };
  }
}

async function readCached(cache: BundleCache, file: BundleFile): Promise<Uint8Array> {
  const bytes = await cache.readFile(file.sha256);
  if (!bytes) throw new TillsideError('bundle-unreachable', `${file.path} is not in the cache. Publish the bundle again.`);
  await verifyFile(bytes, file);
  return bytes;
}

async function keep(text: string, { bundle, bytes }: Attempt, cache: BundleCache): Promise<Diagnostic[]> {
  const files = bundle.manifest.files.flatMap(({ role, sha256 }) => {
    const content = bytes.get(role);
    return content ? [{ sha256, bytes: content }] : [];
  });
  return cache.writeBundle(text, files).then(
    () => [],
    (error) => [toDiagnostic(error, 'store-lost')],
  );
}
