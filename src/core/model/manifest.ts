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
/** The roles of the two models: a bundle has all of them or none. */
export const MODEL_ROLES: readonly FileRole[] = [
  'item-table',
  'session-model',
  'session-weights',
  'ranker-model',
  'ranker-weights',
];

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

/** Whether the bundle has both models, and not tables alone. */
export function hasModels({ files }: Pick<Manifest, 'files'>): boolean {
  return files.some(({ role }) => role === 'session-model');
}

/** The bytes that a signature covers: the manifest without `signature`, members sorted by name as JavaScript orders them, no blanks. */
export function canonicalManifest(manifest: object): string {
  return JSON.stringify({ ...manifest, signature: undefined }, (_, value: unknown) => (isRecord(value) ? sorted(value) : value));
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
  const required = MODEL_ROLES.some((role) => roles.has(role)) ? [...TABLE_ROLES, ...MODEL_ROLES] : TABLE_ROLES;
  const missing = required.find((role) => !roles.has(role));
  if (missing) throw invalid(`"files" has no ${missing}`);
  if (items.count === 0 || (items.dim === 0 && hasModels({ files }))) throw invalid(`"items" is ${items.count} × ${items.dim}`);
}
