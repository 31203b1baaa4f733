import { BEHAVIOUR_FEATURES, CANDIDATE_FEATURES } from '../features/feature-names.js';
import type { BundleModels } from './bundle.js';
import type { Shape } from './layer-shapes.js';
import { type Layer, readTopology } from './layers-topology.js';
import type { LayersModelFiles, WeightSpec } from './runtime.js';
import { bytesOf, checkScale, invalidModel, nonFinite } from './weight-spec.js';

/** A model whose topology asks for exactly the weights it has, all of them finite. */
export interface CheckedModel extends LayersModelFiles {
  readonly layers: readonly Layer[];
  readonly outputName: string;
  readonly inputs: ReadonlyMap<string, Shape>;
  readonly output: Shape;
}

/** Checks a bundle's models: the ranker and, where there is one, the session encoder. @throws as `checkLayersModel` */
export function checkModels({ session, ranker }: BundleModels): { session?: CheckedModel | undefined; ranker: CheckedModel } {
  return { session: session && checkSessionModel(session), ranker: checkRanker(ranker) };
}

/** Checks a session encoder: `items [batch, steps]` and `behaviour [batch, steps, B]` → `[batch, dim]`. @throws as `checkLayersModel` */
function checkSessionModel(files: LayersModelFiles): CheckedModel {
  const model = checkLayersModel(files);
  expectShape('input "items"', model.inputs.get('items'), [null, null]);
  expectShape('input "behaviour"', model.inputs.get('behaviour'), [null, null, BEHAVIOUR_FEATURES.length]);
  if (model.inputs.size !== 2 || model.output.length !== 2) throw invalidModel('it is no session encoder');
  return model;
}

/** Checks a ranker: `[batch, F]` → `[batch, 1]`. @throws as `checkLayersModel` */
function checkRanker(files: LayersModelFiles): CheckedModel {
  const model = checkLayersModel(files);
  const [input] = model.inputs.values();
  expectShape('the ranker’s input', input, [null, CANDIDATE_FEATURES.length]);
  expectShape('the ranker’s output', model.output, [null, 1]);
  if (model.inputs.size !== 1) throw invalidModel('it is no ranker');
  return model;
}

/**
 * Checks a model before a runtime allocates what its topology asks for, and rebuilds the topology from what was checked.
 *
 * @throws {TillsideError} `model-invalid`, `model-nonfinite`
 */
export function checkLayersModel({ modelTopology: stranger, weightSpecs: specs, weightData }: LayersModelFiles): CheckedModel {
  specs.forEach(checkScale);
  const { weights, ...topology } = readTopology(stranger);
  const weightSpecs = specs.map((spec) => ({ ...spec, name: matchWeight(spec, weights) }));
  const found = new Set(weightSpecs.map(({ name }) => name));
  if (found.size !== weights.size || specs.length !== weights.size)
    throw invalidModel(`it holds ${specs.length} of ${weights.size} weights`);
  refuseNonFinite(weightSpecs, weightData);
  return { ...topology, weightSpecs, weightData };
}

/** The topology's own name of a weight; Keras puts a cell's name in between ("lstm/lstm_cell/kernel"). */
function matchWeight({ name, shape }: WeightSpec, weights: ReadonlyMap<string, readonly number[]>): string {
  const own = name.replace(/^([^/]+)\/.*\//, '$1/');
  const expected = weights.get(own);
  if (!expected) throw invalidModel(`weight "${name}" belongs to none of its layers`);
  if (expected.join() !== shape.join())
    throw invalidModel(`weight "${name}" is [${shape}] where the topology needs [${expected}]`);
  return own;
}

/** Refuses NaN and infinities in the concatenated shards. */
function refuseNonFinite(specs: readonly WeightSpec[], weightData: Uint8Array): void {
  let from = 0;
  for (const spec of specs) {
    const size = bytesOf(spec);
    const packing = spec.quantization?.dtype;
    // the exponent of a float32 is in its upper two bytes, a float16's in its upper one; all ones mean infinite or NaN
    const [width, mask] = packing === undefined ? [4, 0x7f80] : [2, 0x7c00];
    for (let end = from + width; packing !== 'uint8' && packing !== 'uint16' && end <= from + size; end += width) {
      const upper = ((weightData[end - 1] as number) << 8) | (weightData[end - 2] as number);
      if ((upper & mask) === mask) throw nonFinite(spec.name);
    }
    from += size;
  }
}

function expectShape(what: string, found: Shape | undefined, wanted: Shape): void {
  if (found?.length === wanted.length && found.every((size, i) => size === wanted[i])) return;
  throw invalidModel(`${what} is [${found?.map(String)}] where this SDK feeds [${wanted.map(String)}]`);
}
