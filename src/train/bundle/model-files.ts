import { input, layers, model, type LayersModel } from '@tensorflow/tfjs-layers';
import { CANDIDATE_FEATURES } from '../../core/features/feature-names.js';
import type { FileRole } from '../../core/model/bundle-format.js';
import type { FittedModels } from '../fit/fitted-bundle.js';
import type { FittedRanker } from '../fit/ranker.js';
import { buildSessionModel } from '../fit/session-layers.js';
import type { FittedSession } from '../fit/session-model.js';
import { namedByContent, type NamedFile } from './named-file.js';
import { toFloat16Shard, weightSpecs, writeModelJson } from './layers-model-writer.js';

/** The files of a bundle's models. The item table is the session model's Embedding shard. */
export function modelFiles({ session, ranker }: FittedModels): NamedFile[] {
  return [...(session ? sessionFiles(session) : []), ...rankerFiles(ranker)];
}

function sessionFiles({ shape, weights, itemTable }: FittedSession): NamedFile[] {
  const built = buildSessionModel(shape, { everyStep: false });
  const [embedding, ...rest] = weightSpecs(built);
  if (!embedding) return [];
  const { scale, min } = itemTable;
  const table = namedByContent('item-table', 'items', { bytes: itemTable.bytes, extension: 'u8' });
  const shard = namedByContent('session-weights', 'session', { bytes: toFloat16Shard(weights.slice(1)), extension: 'bin' });
  const groups = [
    { path: table.path, weights: [{ ...embedding, quantization: { dtype: 'uint8', scale, min } as const }] },
    { path: shard.path, weights: rest },
  ];
  return [table, toModelFile('session-model', built, groups), shard];
}

function rankerFiles(ranker: FittedRanker): NamedFile[] {
  const built = buildRankerModel(ranker);
  const weights = ranker.layers.flatMap(({ kernel, bias }) => [kernel, bias]);
  const shard = namedByContent('ranker-weights', 'ranker', { bytes: toFloat16Shard(weights), extension: 'bin' });
  return [toModelFile('ranker-model', built, [{ path: shard.path, weights: weightSpecs(built) }]), shard];
}

function toModelFile(role: FileRole, built: LayersModel, groups: Parameters<typeof writeModelJson>[1]): NamedFile {
  const bytes = new TextEncoder().encode(writeModelJson(built, groups));
  built.dispose();
  return namedByContent(role, role === 'session-model' ? 'session' : 'ranker', { bytes, extension: 'json' });
}

function buildRankerModel({ layers: fitted }: FittedRanker): LayersModel {
  const features = input({ shape: [CANDIDATE_FEATURES.length], name: 'features' });
  const affinity = fitted.reduce((from, { outputs }, i) => {
    const isLast = i === fitted.length - 1;
    const dense = layers.dense({
      name: isLast ? 'affinity' : `hidden_${i + 1}`,
      units: outputs,
      activation: isLast ? 'linear' : 'relu',
      kernelInitializer: 'zeros',
    });
    return dense.apply(from) as typeof features;
  }, features);
  return model({ name: 'ranker', inputs: features, outputs: affinity });
}
