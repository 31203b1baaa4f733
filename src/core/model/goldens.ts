import { TillsideError } from '../errors.js';
import type { Bundle } from './bundle.js';
import { scoreRows } from './item-table.js';
import type { ModelRuntime } from './runtime.js';

/** Of the recorded answer, or of 1 when that is smaller: what quantisation and another backend may change. */
const TOLERANCE = 1e-2;

/**
 * Checks that a runtime answers a bundle's recorded inputs as training did.
 *
 * @throws {TillsideError} `golden-mismatch`
 */
export function checkGoldens({ manifest, models }: Bundle, runtime: ModelRuntime): void {
  if (!models) return;
  manifest.goldens.forEach(({ rows, behaviour, top, scores, features, affinity }, i) => {
    const { itemTable } = models;
    const vector = itemTable && runtime.encodeSession(Int32Array.from(rows), Float32Array.from(behaviour));
    top.forEach((row, place) => {
      const found = vector && scoreRows(itemTable, vector, Int32Array.of(row))[0];
      expectNear(`score of row ${row} in golden ${i}`, found, scores[place]);
    });
    expectNear(`affinity of golden ${i}`, runtime.rankCandidates(Float32Array.from(features), 1)[0], affinity);
  });
}

function expectNear(what: string, found = Number.NaN, expected = Number.NaN): void {
  if (Math.abs(found - expected) <= TOLERANCE * Math.max(1, Math.abs(expected))) return;
  const message = `The model's ${what} is ${found}, not ${expected}. Publish the bundle again.`;
  throw new TillsideError('golden-mismatch', message);
}
