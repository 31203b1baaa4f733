import { isRecord, ownMember, parseJson } from './parse-json.js';
import type { LayersModelFiles, WeightSpec } from './runtime.js';
import { bytesOf, invalidModel, readWeightSpec, sizeOf } from './weight-spec.js';

export interface LayersModelSource {
  /** the model.json */
  readonly text: string;
  /** file name → bytes: the only files that its weights manifest may name, all of which it must */
  readonly shards: ReadonlyMap<string, Uint8Array>;
  /** numbers that its weights may have in all */
  readonly maxParameters: number;
}

/** A layers model and where each of its weights came from. */
export interface LayersModel extends LayersModelFiles {
  /** file name → the weights in its group */
  readonly groups: ReadonlyMap<string, readonly WeightSpec[]>;
}

const MAX_MODEL_JSON = 1_000_000;
const MAX_GROUPS = 8;

interface Group {
  readonly paths: readonly string[];
  readonly specs: readonly WeightSpec[];
}

/**
 * Reads a TF.js layers `model.json` with its shards, which must hold exactly the weights it lists, byte for byte. What the topology asks
 * for is checked where it is built: `checkLayersModel`.
 *
 * @throws {TillsideError} `model-invalid`, `model-nonfinite` for a scale
 */
export function readLayersModel({ text, shards, maxParameters }: LayersModelSource): LayersModel {
  if (text.length > MAX_MODEL_JSON) throw invalidModel(`its topology has ${text.length} characters`);
  const json = parseJson(text, { what: "The model's topology", code: 'model-invalid' });
  if (!isRecord(json)) throw invalidModel('its topology is not an object');
  const groups = readGroups(ownMember(json, 'weightsManifest'), shards);
  const weightSpecs = groups.flatMap((group) => group.specs);
  const parameters = weightSpecs.reduce((sum, spec) => sum + sizeOf(spec), 0);
  if (parameters > maxParameters) throw invalidModel(`it has ${parameters} parameters, at most ${maxParameters} are read`);
  return {
    modelTopology: ownMember(json, 'modelTopology'),
    weightSpecs,
    weightData: join(groups, shards),
    groups: byPath(groups),
  };
}

function readGroups(manifest: unknown, shards: ReadonlyMap<string, Uint8Array>): Group[] {
  if (!Array.isArray(manifest) || manifest.length > MAX_GROUPS) throw invalidModel('it has no weights manifest');
  const unused = new Set(shards.keys());
  const groups = manifest.map((entry): Group => {
    const paths = isRecord(entry) ? ownMember(entry, 'paths') : undefined;
    const weights = isRecord(entry) ? ownMember(entry, 'weights') : undefined;
    if (!Array.isArray(paths) || !Array.isArray(weights)) throw invalidModel('a group of weights has no paths');
    for (const path of paths)
      if (!unused.delete(path)) throw invalidModel(`its weights are in "${String(path).slice(0, 80)}", which is no file of it`);
    const specs = weights.map(readWeightSpec);
    const expected = specs.reduce((sum, spec) => sum + bytesOf(spec), 0);
    const found = paths.reduce((sum: number, path: string) => sum + (shards.get(path)?.length ?? 0), 0);
    if (found !== expected) throw invalidModel(`${paths.join(', ')} has ${found} bytes where its weights need ${expected}`);
    return { paths, specs };
  });
  if (unused.size > 0) throw invalidModel(`its weights manifest leaves out ${[...unused].join(', ')}`);
  return groups;
}

function join(groups: readonly Group[], shards: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const parts = groups.flatMap(({ paths }) => paths.map((path) => shards.get(path) as Uint8Array));
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function byPath(groups: readonly Group[]): Map<string, readonly WeightSpec[]> {
  return new Map(groups.flatMap(({ paths, specs }) => paths.map((path) => [path, specs] as const)));
}
