import type { ItemFacts } from '../domain/item.js';
import { type Diagnostic, TillsideError } from '../errors.js';
import type { ItemIndex } from '../features/item-index.js';
import type { Bundle } from '../model/bundle.js';
import { type LoadedBundle, type LoadModelReader, loadBundle } from '../model/bundle-loader.js';
import { hasModels } from '../model/manifest.js';
import type { Manifest } from '../model/manifest.schema.js';
import { notStarted, openRuntime, type RuntimeModule } from '../model/open-runtime.js';
import type { ModelRuntime } from '../model/runtime.js';
import type { EngineConfig, EngineStatus } from './contract.js';
import { type OfferedBundle, type OfferedBundleOptions, offerOver } from './offered-bundle.js';
import { createSlateMaker } from './slate-maker.js';
import type { Store } from './store.js';

/** A slate of the model that takes longer is too slow … */
const SLOW_MS = 50;
/** … and too many are, when this many more are than one in 20. */
const MAX_SLOW = 5;

export interface SlateSourceOptions extends OfferedBundleOptions {
  readonly config: EngineConfig;
  /** the model is given up where it is slow, but in Node, where nobody waits */
  readonly where: EngineStatus['where'];
  /** keeps the last good bundle */
  readonly cache: Pick<Store, 'readManifest' | 'readFile' | 'writeBundle' | 'keepRequests'>;
  readonly importRuntime?: LoadRuntime | undefined;
  /** whether nothing is to be loaded that a first slate can be made without */
  readonly isSparing?: (() => boolean) | undefined;
  /** told of a source that makes the first slates; the rest is decoded when its answer settles */
  readonly onFirstStage?: ((source: SlateSource) => Promise<void>) | undefined;
}

type LoadRuntime = (url: string) => Promise<RuntimeModule>;

/** A loaded bundle, ready to make slates, with or without its model. */
export interface SlateSource extends Pick<OfferedBundle, 'lookAtOffers'> {
  readonly index: ItemIndex;
  readonly bundle: NonNullable<EngineStatus['bundle']>;
  /** absent where the model does not run: slates then come from the next tier */
  readonly runtime: ModelRuntime | undefined;
  /** What the catalogue says of an item, by any of its ids; nothing of one it does not know. */
  factsOf(itemId: string): ItemFacts | undefined;
  readonly makeSlate: ReturnType<typeof createSlateMaker>;
  dispose(): void;
}

/**
 * Loads the bundle and opens its model. A model that cannot run is reported and done without.
 *
 * @throws {TillsideError} the loader's codes, when neither the network nor the cache has a bundle that may run
 */
export async function loadSlateSource(options: SlateSourceOptions): Promise<SlateSource> {
  const { config, cache, fetchFile, importRuntime, isSparing, onFirstStage, now, report } = options;
  const { manifestUrl, publicKeys } = config;
  const load = importRuntime && loadOnce(importRuntime);
  // The runtime comes while the bundle's files do; what becomes of it is heard when it is opened.
  const onManifest = (manifest: Manifest): void => {
    const [first] = runtimeUrls(config);
    if (first && hasModels(manifest)) load?.(first).catch(() => undefined);
  };
  const loadModelReader = load && readerOf(config, load, report);
  const loaded = await loadBundle({
    manifestUrl,
    publicKeys,
    fetchFile,
    cache,
    now: now(),
    onManifest,
    loadModelReader,
    isSparing: isSparing?.(),
    onFirstStage:
      onFirstStage &&
      ((bundle, source) => onFirstStage(createSlateSource({ bundle, source, isFirstStage: true }, undefined, options))),
  });
  const reportAll = (diagnostics: readonly Diagnostic[] = []): void => {
    for (const diagnostic of diagnostics) report(diagnostic, diagnostic.code);
  };
  reportAll(loaded.diagnostics);
  void loaded.kept?.then(reportAll);

  const { bundle } = loaded;
  let runtime: ModelRuntime | undefined;
  if (bundle.models && load) {
    try {
      runtime = await openFirst(bundle, config, load);
    } catch (error) {
      report(error, 'runtime-unavailable');
    }
  }
  return createSlateSource(loaded, runtime, options);
}

function createSlateSource(
  loaded: Pick<LoadedBundle, 'bundle' | 'source' | 'isFirstStage'>,
  opened: ModelRuntime | undefined,
  options: SlateSourceOptions,
): SlateSource {
  const { config, report, where } = options;
  const { rules, reasons } = config;
  const isTooSlow = createPace();
  const { bundle, see, lookAtOffers } = offerOver(loaded.bundle, options);
  let runtime = opened;
  const makerOf = (): SlateSource['makeSlate'] => createSlateMaker({ bundle, runtime, rules, reasons, onModelError });
  const onModelError = (error: unknown): void => {
    report(error, 'model-nonfinite');
    runtime?.dispose();
    runtime = undefined;
    makeSlate = makerOf();
  };
  let makeSlate = makerOf();

  const { id, version } = bundle.manifest;
  const { source, isFirstStage } = loaded;
  return {
    index: bundle.index,
    bundle: { id, version, items: bundle.index.count, source, ...(isFirstStage && { isFirstStage }) },
    get runtime() {
      return runtime;
    },
    factsOf(itemId) {
      const row = bundle.index.rowOf(itemId);
      return row ? bundle.factsOf(row) : undefined;
    },
    makeSlate(view, request) {
      see(view, request);
      const startedAt = performance.now();
      const slate = makeSlate(view, request);
      if (runtime && where !== 'node' && isTooSlow(performance.now() - startedAt))
        onModelError(new TillsideError('model-slow', `Slates of the model take longer than ${SLOW_MS} ms here.`));
      return slate;
    },
    lookAtOffers,
    dispose() {
      runtime?.dispose();
      runtime = undefined;
    },
  };
}

/** Creates the judgement of slates by the time that each took: one that is slow weighs as much as 19 that are not. */
function createPace(): (tookMs: number) => boolean {
  let lag = 0;
  return (tookMs) => {
    lag = Math.max(0, lag + (tookMs > SLOW_MS ? 19 : -1));
    return lag > MAX_SLOW * 19;
  };
}

/** Creates the loading of runtimes, each once. */
function loadOnce(importRuntime: LoadRuntime): LoadRuntime {
  const modules = new Map<string, Promise<RuntimeModule>>();
  return (url) => {
    const module = modules.get(url) ?? importRuntime(url);
    modules.set(url, module);
    return module;
  };
}

/** What may run the model, the wanted one first; with `auto`, TF.js is there for where tillside's own does not load or lacks a layer. */
function runtimeUrls({ runtime, runtimeUrl, tfjsUrl }: EngineConfig): string[] {
  const own = runtime === 'tfjs' ? undefined : runtimeUrl;
  const tfjs = runtime === 'auto' || runtime === 'tfjs' ? tfjsUrl : undefined;
  return [own, tfjs].filter((url) => url !== undefined);
}

/** What reads models comes with the first runtime that loads; where none does, that is reported. */
function readerOf(config: EngineConfig, load: LoadRuntime, report: SlateSourceOptions['report']): LoadModelReader {
  return async () => {
    let failure: unknown;
    for (const url of runtimeUrls(config)) {
      try {
        const { readModels } = await load(url);
        if (readModels) return readModels;
        failure = new Error(`${url} is of another release. Serve all files from one`);
      } catch (error) {
        failure = error;
      }
    }
    if (failure) report(notStarted(failure), 'runtime-unavailable');
    return undefined;
  };
}

/** Opens the first runtime that can run the model. */
async function openFirst(bundle: Bundle, config: EngineConfig, load: LoadRuntime): Promise<ModelRuntime | undefined> {
  let failure: unknown;
  for (const url of runtimeUrls(config)) {
    try {
      return await openRuntime(bundle, () => load(url), config);
    } catch (error) {
      failure = error;
      if ((error as { code?: unknown }).code !== 'runtime-unavailable') break; // what the bundle lacks, TF.js does not have
    }
  }
  if (failure) throw failure;
  return undefined;
}
