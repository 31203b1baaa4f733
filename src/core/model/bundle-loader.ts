// In: the URL of a manifest. Out: a bundle in which nothing is unchecked, from the network or, failing that, from the last good copy.
import { type Diagnostic, TillsideError, toDiagnostic } from '../errors.js';
import type { Bundle } from './bundle.js';
import { filesIn } from './bundle-bytes.js';
import type { FileRole } from './bundle-format.js';
import { readTables } from './bundle-parts.js';
import { verifyFile } from './digest.js';
import type { FetchFile } from './fetch-file.js';
import { hasModels, MAX_MANIFEST_BYTES, MODEL_ROLES, readManifest } from './manifest.js';
import type { BundleFile, Manifest } from './manifest.schema.js';
import { decodeText } from './parse-json.js';
import type { readModels } from './read-models.js';
import { verifySignature } from './signature.js';

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
  /** for each file, default 30 s (the manifest: 5 s) */
  readonly timeoutMs?: number;
  /** told before its files are fetched */
  readonly onManifest?: (manifest: Manifest) => void;
  /** loads what reads models, where there are any; absent, or when it has nothing: the bundle comes without them */
  readonly loadModelReader?: LoadModelReader | undefined;
}

export type LoadModelReader = () => Promise<typeof readModels | undefined>;

export interface LoadedBundle {
  readonly bundle: Bundle;
  readonly source: 'network' | 'cache';
  /** what went wrong and was survived */
  readonly diagnostics: readonly Diagnostic[];
}

const MAX_FILE_BYTES = 64_000_000;
const MANIFEST_TIMEOUT_MS = 5_000;
const FILE_TIMEOUT_MS = 30_000;

type Bytes = Map<FileRole, Uint8Array>;
type ReadBytes = (file: BundleFile) => Promise<Uint8Array>;

/** A bundle read from one place; `modelError` says why it has tables alone. */
interface Attempt {
  readonly bundle: Bundle;
  readonly bytes: Bytes;
  readonly modelError?: unknown;
}

/**
 * Loads, verifies and caches a bundle. When that fails, the last good copy runs; when only the models fail and no copy has any, the
 * bundle comes without them.
 *
 * @throws {TillsideError} the network's error, when there is no good copy: `bundle-unreachable`, `bundle-timeout`, `bundle-too-large`,
 * `bundle-expired`, `manifest-invalid`, `signature-invalid`, `digest-mismatch`, `model-invalid`, `model-incompatible`
 */
export async function loadBundle(options: LoadBundleOptions): Promise<LoadedBundle> {
  const { cache, publicKeys, loadModelReader } = options;
  const cachedText = await cache?.readManifest().catch(() => undefined); // an unreadable cache is an empty one
  const cached = cachedText === undefined ? undefined : await readVerified(cachedText, publicKeys).catch(() => undefined);
  const fromCache = cache && cached ? () => attempt(cached, (file) => readCached(cache, file), loadModelReader) : undefined;
  try {
    const { fresh, text, sizeFetched } = await fetchBundle(options, cached);
    if (fresh.modelError === undefined) {
      const diagnostics = text === cachedText && sizeFetched === 0 ? [] : await keep(text, fresh, cache);
      return { bundle: fresh.bundle, source: 'network', diagnostics };
    }
    const diagnostics = [toDiagnostic(fresh.modelError, 'model-invalid')];
    const last = await fromCache?.().catch(() => undefined); // the fresh bundle's own tables are then the better fall
    return last?.bundle.models
      ? { bundle: last.bundle, source: 'cache', diagnostics }
      : { bundle: fresh.bundle, source: 'network', diagnostics };
  } catch (error) {
    const last = await fromCache?.().catch(() => undefined); // the network's error is the one to tell
    if (!last) throw error;
    const errors = last.modelError === undefined ? [error] : [error, last.modelError];
    return { bundle: last.bundle, source: 'cache', diagnostics: errors.map((each) => toDiagnostic(each, 'bundle-unreachable')) };
  }
}

async function fetchBundle(
  { manifestUrl, fetchFile, cache, publicKeys, now, timeoutMs, onManifest, loadModelReader }: LoadBundleOptions,
  cached: Manifest | undefined,
) {
  const limits = { maxBytes: MAX_MANIFEST_BYTES, timeoutMs: timeoutMs ?? MANIFEST_TIMEOUT_MS, revalidate: true };
  const text = decodeText(await fetchFile(manifestUrl, limits), { what: 'The manifest', code: 'manifest-invalid' });
  const manifest = await readVerified(text, publicKeys);
  refuseOld(manifest, cached, now);
  onManifest?.(manifest);
  let sizeFetched = 0;
  const fresh = await attempt(
    manifest,
    async (file) => {
      const kept = cache && (await readCached(cache, file).catch(() => undefined)); // fetched again when it is not there or not whole
      if (kept) return kept;
      const url = new URL(file.path, manifestUrl).href;
      const bytes = await fetchFile(url, { maxBytes: file.bytes, timeoutMs: timeoutMs ?? FILE_TIMEOUT_MS });
      await verifyFile(bytes, file);
      sizeFetched += bytes.length;
      return bytes;
    },
    loadModelReader,
  );
  return { fresh, text, sizeFetched };
}

async function readVerified(text: string, publicKeys: readonly string[]): Promise<Manifest> {
  const manifest = readManifest(text);
  await verifySignature(text, publicKeys);
  const large = manifest.files.find(({ bytes }) => bytes > MAX_FILE_BYTES);
  if (large)
    throw new TillsideError(
      'bundle-too-large',
      `${large.path} has ${large.bytes} bytes of at most ${MAX_FILE_BYTES}. Train with fewer items.`,
    );
  return manifest;
}

function refuseOld({ id, version, notAfter }: Manifest, cached: Manifest | undefined, now: number): void {
  if (notAfter !== undefined && Date.parse(notAfter) < now) {
    throw new TillsideError('bundle-expired', `Bundle ${id} was valid until ${notAfter}. Train the bundle again.`);
  }
  if (cached && version < cached.version) {
    const message = `Bundle ${id} has version ${version}, older than ${cached.version}, which ran here. Publish a newer one.`;
    throw new TillsideError('bundle-rollback', message);
  }
}

/** Reads every file, in parallel; a table that fails, fails it, a model that fails is left out. */
async function attempt(manifest: Manifest, read: ReadBytes, loadModelReader?: LoadModelReader): Promise<Attempt> {
  const bytes: Bytes = new Map();
  let modelError: unknown;
  await Promise.all(
    manifest.files.map(async (file) => {
      try {
        bytes.set(file.role, await read(file));
      } catch (error) {
        if (!MODEL_ROLES.includes(file.role)) throw error;
        modelError ??= error;
      }
    }),
  );
  const tables = readTables(manifest, bytes);
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

async function keep(text: string, { bundle, bytes }: Attempt, cache: BundleCache | undefined): Promise<Diagnostic[]> {
  const files = bundle.manifest.files.map(({ role, sha256 }) => ({ sha256, bytes: bytes.get(role) as Uint8Array }));
  try {
    await cache?.writeBundle(text, files);
    return [];
  } catch (error) {
    return [toDiagnostic(error, 'store-lost')];
  }
}
