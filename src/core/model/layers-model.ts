import { anything, list, object, readShape, text } from '../shape.js';
import { concatBytes } from './concat-bytes.js';
import type { LayersModelFiles, WeightSpec } from './runtime.js';
import { bytesOf, invalidModel, sizeOf, weightShape } from './weight-spec.js';

export interface LayersModelSource {
  /** the model.json, parsed */
  readonly json: unknown;
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

const MAX_GROUPS = 8;

interface Group {
  readonly paths: readonly string[];
  readonly weights: readonly WeightSpec[];
}
const modelShape = object<{ modelTopology: unknown; weightsManifest: readonly Group[] }>({
  modelTopology: anything,
  weightsManifest: list(object<Group>({ paths: list(text()), weights: list(weightShape) }), MAX_GROUPS),
});

/**
 * Reads a TF.js layers `model.json` with its shards, which must hold exactly the weights it lists, byte for byte. What the topology asks
 * for, and that the weights are finite, is checked where it is built: `checkLayersModel`.
 *
 * @throws {TillsideError} `model-invalid`
 */
export function readLayersModel({ json, shards, maxParameters }: LayersModelSource): LayersModel {
  const { modelTopology, weightsManifest } = readShape(modelShape, json, invalidModel);
  const unused = new Set(shards.keys());
  for (const group of weightsManifest) checkGroup(group, unused, shards);
  if (unused.size > 0) throw invalidModel(`it leaves out ${[...unused].join()}`);
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  const parameters = weightSpecs.reduce((sum, spec) => sum + sizeOf(spec), 0);
  if (parameters > maxParameters) throw invalidModel(`it has ${parameters} parameters of at most ${maxParameters}`);
  const paths = weightsManifest.flatMap((group) => group.paths);
  return {
    modelTopology,
    weightSpecs,
    weightData: concatBytes(paths.map((path) => shards.get(path) as Uint8Array)),
    groups: new Map(weightsManifest.flatMap((group) => group.paths.map((path) => [path, group.weights] as const))),
  };
}

function checkGroup({ paths, weights }: Group, unused: Set<string>, shards: ReadonlyMap<string, Uint8Array>): void {
  for (const path of paths) if (!unused.delete(path)) throw invalidModel(`"${path.slice(0, 80)}" is no file of it`);
  const expected = weights.reduce((sum, spec) => sum + bytesOf(spec), 0);
  const found = paths.reduce((sum, path) => sum + (shards.get(path)?.length ?? 0), 0);
  if (found !== expected) throw invalidModel(`${paths.join()} has ${found} bytes, not ${expected}`);
}
