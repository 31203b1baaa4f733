import type { Bundle } from './bundle.js';
import type { BundleFiles } from './bundle-bytes.js';
import type { FileRole } from './bundle-format.js';
import { checkModelManifest } from './check-model-manifest.js';
import type { ItemTable } from './item-table.js';
import { type LayersModel, readLayersModel } from './layers-model.js';
import type { Manifest } from './manifest.schema.js';
import { mismatch } from './mismatch.js';
import { invalidModel } from './weight-spec.js';

const MAX_MODEL_JSON = 1_000_000;
const MAX_TABLE_PARAMETERS = 64_000_000;
const MAX_OTHER_PARAMETERS = 4_000_000;

/**
 * Reads the ranker and, where the bundle has one, the session model with its item table. A runtime module brings this: no slate of the tables needs it.
 *
 * @throws {TillsideError} `model-invalid`, `model-incompatible`, `manifest-invalid`
 */
export function readModels(manifest: Manifest, files: BundleFiles): NonNullable<Bundle['models']> {
  checkModelManifest(manifest);
  const { count, dim } = manifest.items;
  const tableSize = (count + 1) * dim;
  if (tableSize > MAX_TABLE_PARAMETERS)
    throw mismatch(`${tableSize} numbers in its item table, of at most ${MAX_TABLE_PARAMETERS}`);
  const model = (role: FileRole, weights: readonly FileRole[], maxParameters: number): LayersModel => {
    const { length } = files.bytesOf(role);
    if (length > MAX_MODEL_JSON) throw invalidModel(`its topology has ${length} bytes`);
    const shards = new Map(weights.map((weight) => [pathOf(weight, manifest), files.bytesOf(weight)]));
    return readLayersModel({ json: files.jsonOf(role), shards, maxParameters });
  };
  const ranker = model('ranker-model', ['ranker-weights'], MAX_OTHER_PARAMETERS);
  if (!pathOf('session-model', manifest)) return { ranker };
  const session = model('session-model', ['item-table', 'session-weights'], tableSize + MAX_OTHER_PARAMETERS);
  return { itemTable: readItemTable(session, manifest, files), session, ranker };
}

function readItemTable({ groups }: LayersModel, manifest: Manifest, files: BundleFiles): ItemTable {
  const { count, dim } = manifest.items;
  const specs = groups.get(pathOf('item-table', manifest)) ?? [];
  const [spec] = specs;
  const { dtype, scale, min } = spec?.quantization ?? {};
  if (specs.length !== 1 || dtype !== 'uint8' || scale === undefined || min === undefined)
    throw mismatch('its item table is not one uint8 weight');
  if (spec?.shape.join() !== `${count + 1},${dim}`)
    throw mismatch(`its item table is [${spec?.shape}], not [${count + 1},${dim}]`);
  return { count, dim, scale, min, bytes: files.bytesOf('item-table') };
}

function pathOf(role: FileRole, { files }: Manifest): string {
  return files.find((file) => file.role === role)?.path ?? '';
}
