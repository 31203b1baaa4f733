import { readFileSync } from 'node:fs';
import type { Manifest } from '../../src/core/model/manifest.schema.js';

interface ModelJson {
  readonly weightsManifest: readonly {
    readonly weights: readonly { quantization?: { scale: number; min: number } }[];
    readonly paths: readonly string[];
  }[];
}

/** One item's embedding, read from the bundle's bytes by the model's own quantisation entry. */
export function decodeRow(folder: URL, manifest: Manifest, row: number): number[] {
  const pathOf = (role: string) => manifest.files.find((file) => file.role === role)?.path ?? '';
  const model = JSON.parse(readFileSync(new URL(pathOf('session-model'), folder), 'utf8')) as ModelJson;
  const table = pathOf('item-table');
  const group = model.weightsManifest.find(({ paths }) => paths.includes(table));
  const { scale, min } = group?.weights[0]?.quantization ?? { scale: Number.NaN, min: Number.NaN };
  const { dim } = manifest.items;
  const bytes = readFileSync(new URL(table, folder)).subarray(row * dim, (row + 1) * dim);
  return [...bytes].map((byte) => byte * scale + min);
}
