import { integer, list, number, object, oneOf, optional, record, text } from '../shape.js';
import {
  BUNDLE_ID,
  FILE_NAME,
  FILE_ROLES,
  FORMAT_VERSION,
  MAX_DIM,
  MAX_FILES,
  MAX_ITEMS,
  MIN_FILES,
  SHA256_HEX,
} from './bundle-format.js';
import type { BundleFile, Golden, Manifest } from './manifest.schema.js';

const count = integer(0, MAX_ITEMS);
const numbers = list(number());
const names = list(text());
const normalisation = object<Manifest['features']['behaviour']>({ names, mean: numbers, deviation: list(number(0)) });

/** What the browser takes for a manifest: the values that `manifestSchema` takes, and no others (a property test holds them together). */
export const manifestShape = object<Manifest>({
  formatVersion: oneOf(FORMAT_VERSION),
  id: text(BUNDLE_ID),
  version: integer(1),
  createdAt: text(),
  notAfter: optional(text()),
  files: list(
    object<BundleFile>({ role: oneOf(...FILE_ROLES), path: text(FILE_NAME), bytes: integer(1), sha256: text(SHA256_HEX) }),
    MAX_FILES,
    MIN_FILES,
  ),
  items: object<Manifest['items']>({ count, dim: integer(0, MAX_DIM) }),
  features: object<Manifest['features']>({
    name: oneOf('tillside-features'),
    version: number(),
    behaviour: normalisation,
    candidate: normalisation,
    live: names,
  }),
  output: oneOf('affinity', 'probability'),
  log: oneOf('carts', 'sessions'),
  tableBlend: optional(numbers),
  goldens: list(
    object<Golden>({
      rows: list(count),
      behaviour: numbers,
      top: list(count),
      scores: numbers,
      features: numbers,
      affinity: number(),
    }),
  ),
  metrics: record,
  training: record,
  signature: optional(object<NonNullable<Manifest['signature']>>({ key: text(), value: text() })),
});
