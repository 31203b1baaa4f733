import { readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { enableProdMode } from '@tensorflow/tfjs-core';
import { TillsideError } from '../../core/errors.js';
import type { Bundle } from '../../core/model/bundle.js';
import { loadBundle } from '../../core/model/bundle-loader.js';
import { EARLY_FILE } from '../../core/model/early-files.js';
import type { FetchFile } from '../../core/model/fetch-file.js';
import { openRuntime } from '../../core/model/open-runtime.js';
import type { Manifest } from '../../core/model/manifest.schema.js';
import { decodeNeighbours } from '../../core/model/neighbour-table.js';
import { readModels } from '../../core/model/read-models.js';
import type { ModelRuntime } from '../../core/model/runtime.js';
import { fitsManifest } from '../bundle/fits-manifest.js';

/** A bundle in a folder, checked as a browser would check it. */
export interface OpenBundle {
  readonly bundle: Bundle;
  /** absent in a bundle of tables alone */
  readonly runtime: ModelRuntime | undefined;
}

/**
 * Loads a bundle from a folder with the browser's own loader. What a browser would survive with less is an error here.
 *
 * @throws {TillsideError} the loader's and the runtime's codes
 */
export async function openBundleFolder(folder: string): Promise<OpenBundle> {
  const bundle = await readBundleFolder(folder);
  return { bundle, runtime: bundle.models && (await openModels(bundle)) };
}

/** As in the browser: tillside's own runtime, and TF.js for a layer that it does not run. */
async function openModels(bundle: Bundle): Promise<ModelRuntime> {
  try {
    return await openRuntime(bundle, () => import('../../core/model/own/own-runtime.js'), {});
  } catch (error) {
    if (!(error instanceof TillsideError) || error.code !== 'runtime-unavailable') throw error;
    enableProdMode(); // TF.js else advertises its native backend on every run
    return openRuntime(bundle, () => import('../../core/model/tfjs-runtime.js'), {});
  }
}

/** The same without a model runtime. */
export async function readBundleFolder(folder: string, publicKeys: readonly string[] = []): Promise<Bundle> {
  const manifestUrl = pathToFileURL(manifestPath(folder)).href;
  const { bundle, diagnostics } = await loadBundle({
    manifestUrl,
    fetchFile: readLocalFile,
    publicKeys,
    now: Date.now(),
    onFirstStage: async () => {}, // it is checked; there is nobody to use it
    readNeighbours: decodeNeighbours, // whole, so that every row is checked
    loadModelReader: async () => readModels,
  });
  const [first] = diagnostics;
  if (first !== undefined) throw new TillsideError(first.code, first.message);
  return bundle;
}

/**
 * What keeps a first visit from making use of `first-stage.txt`; undefined where nothing does. No browser refuses a bundle for it: it then asks
 * for the files by their own names, a round trip later.
 */
export async function earlyFileFault(folder: string, manifest: Pick<Manifest, 'files'>): Promise<string | undefined> {
  const found = await readFile(join(resolve(folder), EARLY_FILE)).catch(() => undefined);
  const remedy = 'First visits take a round trip more. Publish the whole folder that "tillside train --out" wrote.';
  if (!found) return `${EARLY_FILE} is missing. ${remedy}`;
  return (await fitsManifest(found, manifest)) ? undefined : `${EARLY_FILE} is of another bundle. ${remedy}`;
}

/** A bundle's manifest as it is written. @throws {TillsideError} `bundle-unreachable` */
export async function readManifestText(folder: string): Promise<string> {
  const path = manifestPath(folder);
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw notFound(path, cause);
  });
}

export function manifestPath(folder: string): string {
  return join(resolve(folder), 'manifest.json');
}

const readLocalFile: FetchFile = async (url, { maxBytes }) => {
  const path = fileURLToPath(url);
  if (basename(path) === EARLY_FILE) throw notFound(path); // every file is checked by its own name
  const facts = await stat(path).catch((cause: unknown) => {
    throw notFound(path, cause);
  });
  if (facts.size > maxBytes) {
    throw new TillsideError(
      'bundle-too-large',
      `${path} has ${facts.size} bytes, at most ${maxBytes} were expected. Publish the bundle as it was written.`,
    );
  }
  return new Uint8Array(await readFile(path));
};

function notFound(path: string, cause?: unknown): TillsideError {
  return new TillsideError(
    'bundle-unreachable',
    `File not found: ${path}. Name the folder that "tillside train --out" wrote.`,
    cause,
  );
}
