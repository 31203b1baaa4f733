import { TillsideError } from '../errors.js';
import { BEHAVIOUR_FEATURES, CANDIDATE_FEATURES, FEATURES_VERSION } from '../features/feature-names.js';
import type { Normalisation } from '../features/normalisation.js';
import { invalidManifest as invalid } from './invalid-manifest.js';
import type { Golden, Manifest } from './manifest.schema.js';

/**
 * Checks what a manifest says of its models: the features that they read, and the goldens that they must answer.
 *
 * @throws {TillsideError} `model-incompatible` for other features than this SDK computes; `manifest-invalid`
 */
export function checkModelManifest(manifest: Manifest): void {
  checkFeatures(manifest);
  checkGoldenShapes(manifest);
}

function checkFeatures({ features }: Manifest): void {
  if (features.version !== FEATURES_VERSION) throw incompatible(`version ${features.version}`, `version ${FEATURES_VERSION}`);
  checkNames('behaviour', features.behaviour, BEHAVIOUR_FEATURES);
  checkNames('candidate', features.candidate, CANDIDATE_FEATURES);
}

function checkNames(kind: string, { names, mean, deviation }: Normalisation, ours: readonly string[]): void {
  const at = ours.findIndex((name, i) => name !== names[i]);
  if (at >= 0) throw incompatible(`${kind} feature ${at} "${names[at]}"`, `"${ours[at]}"`);
  if (names.length !== ours.length) throw incompatible(`${names.length} ${kind} features`, `${ours.length}`);
  if (mean.length !== ours.length || deviation.length !== ours.length) {
    throw invalid(`"features.${kind}" has ${mean.length} means, ${deviation.length} deviations of ${ours.length} features`);
  }
}

function checkGoldenShapes({ goldens, items }: Manifest): void {
  if (goldens.length === 0) throw invalid('"goldens" is empty');
  const hasSession = items.dim > 0;
  const isInCatalog = (row: number): boolean => row <= items.count;
  const isWhole = (golden: Golden): boolean =>
    golden.rows.length > 0 === hasSession &&
    golden.behaviour.length === golden.rows.length * BEHAVIOUR_FEATURES.length &&
    golden.top.length > 0 === hasSession &&
    golden.top.length === golden.scores.length &&
    golden.features.length === CANDIDATE_FEATURES.length &&
    golden.rows.every(isInCatalog) &&
    golden.top.every((row) => row > 0 && isInCatalog(row));
  const at = goldens.findIndex((golden) => !isWhole(golden));
  if (at >= 0) throw invalid(`"goldens.${at}" does not fit`);
}

function incompatible(theirs: string, ours: string): TillsideError {
  const message = `The bundle was trained on ${theirs}, this SDK computes ${ours}. Train the bundle again with this version of tillside.`;
  return new TillsideError('model-incompatible', message);
}
