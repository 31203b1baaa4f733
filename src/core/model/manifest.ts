import { TillsideError } from '../errors.js';
import { type FileRole, FORMAT_VERSION } from './bundle-format.js';
import { invalidManifest as invalid } from './invalid-manifest.js';
import type { Manifest } from './manifest.schema.js';
import { manifestShape } from './manifest-shape.js';
import { readShape } from '../shape.js';
import { isRecord, ownMember, parseJson } from './parse-json.js';

/** A larger manifest is refused unread. */
export const MAX_MANIFEST_BYTES = 1_000_000;

const TABLE_ROLES: readonly FileRole[] = ['vocabulary', 'catalog', 'item-facts', 'neighbours'];
/** What a first slate is made from, before anything else comes. */
export const FIRST_ROLES: readonly FileRole[] = ['vocabulary', 'first-neighbours', 'first-catalog'];
/** Those of them that the whole has no use for: a bundle has both or none. */
export const SMALLER_ROLES = FIRST_ROLES.slice(1);
const RANKER_ROLES: readonly FileRole[] = ['ranker-model', 'ranker-weights'];
/** The roles of the models: a bundle has none of them, the ranker's, or all. */
export const MODEL_ROLES: readonly FileRole[] = ['item-table', 'session-model', 'session-weights', ...RANKER_ROLES];

const SOURCE = { what: 'The manifest', code: 'manifest-invalid' } as const;

/**
 * Reads `manifest.json` and checks all that can be checked without the other files, but not its signature, nor what only a model needs:
 * `checkModelManifest`.
 *
 * @throws {TillsideError} `manifest-invalid` naming the member
 */
export function readManifest(text: string): Manifest {
  if (text.length > MAX_MANIFEST_BYTES) throw invalid(`it has ${text.length} characters of at most ${MAX_MANIFEST_BYTES}`);
  const json = parseJson(text, SOURCE);
  const format = isRecord(json) ? ownMember(json, 'formatVersion') : undefined;
  if (typeof format === 'number' && format > FORMAT_VERSION) {
    throw new TillsideError(
      'manifest-invalid',
      `The bundle has format ${format}, not ${FORMAT_VERSION}. Update tillside on the page.`,
    );
  }
  const manifest = readShape(manifestShape, json, invalid);
  checkFiles(manifest);
  if (manifest.notAfter !== undefined && Number.isNaN(Date.parse(manifest.notAfter)))
    throw invalid(`"notAfter" is "${manifest.notAfter}", not a date`);
  return manifest;
}

/** Whether the bundle has a ranker, and not tables alone. It has a session model too where its items have vectors. */
export function hasModels({ files }: Pick<Manifest, 'files'>): boolean {
  return files.some(({ role }) => role === 'ranker-model');
}

/** Whether a first slate can be made from a part of the bundle. */
export function hasFirstStage({ files }: Pick<Manifest, 'files'>): boolean {
  return files.some(({ role }) => SMALLER_ROLES.includes(role));
}

/** The bytes that a signature covers: the manifest without `signature`, members sorted by name as JavaScript orders them, no blanks. */
export function canonicalManifest(manifest: object): string {
  return JSON.stringify({ ...manifest, signature: undefined }, function (this: Readonly<Record<string, unknown>>, name) {
    const value = this[name]; // not what a page's `toJSON` makes of it
    return isRecord(value) ? sorted(value) : value;
  });
}

function sorted(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(object)
      .sort()
      .map((name) => [name, object[name]]),
  );
}

function checkFiles({ files, items }: Manifest): void {
  const roles = new Set(files.map(({ role }) => role));
  const repeated = files.find(({ role, path }, i) => files.findIndex((other) => other.role === role || other.path === path) < i);
  if (repeated) throw invalid(`"files" lists ${repeated.role} ("${repeated.path}") twice`);
  const models = items.dim ? MODEL_ROLES : MODEL_ROLES.some((role) => roles.has(role)) ? RANKER_ROLES : [];
  const first = hasFirstStage({ files }) ? SMALLER_ROLES : [];
  const missing = [...TABLE_ROLES, ...models, ...first].find((role) => !roles.has(role));
  if (missing) throw invalid(`"files" has no ${missing}`);
  if (items.count === 0) throw invalid('it has no items');
}
