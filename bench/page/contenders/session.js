// What every contender is asked: the same sessions, the same features, drawn from a number.

/** A model looks back on as many steps. */
export const MAX_STEPS = 50;
export const TOP = 20;
export const CANDIDATES = 200;

/** @returns {{ rows: Int32Array, behaviour: Float32Array }} a session that grows by a step an event, and starts anew after 50 */
export function sessionAt(event, { count, behaviour }) {
  const length = 1 + (event % MAX_STEPS);
  const visit = Math.floor(event / MAX_STEPS);
  return {
    rows: Int32Array.from({ length }, (_, i) => 1 + ((i * 37 + visit * 101 + 11) % count)),
    behaviour: Float32Array.from({ length: length * behaviour }, (_, i) => ((i * 7) % 10) / 10),
  };
}

/** @returns {{ rows: Int32Array, behaviour: Float32Array }} 50 steps that no session before has begun like */
export const sequenceAt = (round, { count, behaviour }) => ({
  rows: Int32Array.from({ length: MAX_STEPS }, (_, i) => 1 + ((i * 53 + round) % count)),
  behaviour: Float32Array.from({ length: MAX_STEPS * behaviour }, (_, i) => ((i * 7) % 10) / 10),
});

/** @returns {Float32Array} `[200, features]` */
export const candidatesAt = (round, { features }) =>
  Float32Array.from({ length: CANDIDATES * features }, (_, i) => ((i * 13 + round) % 17) / 17 - 0.5);

/** The direction of a session as tillside takes it, for those who have none of their own. @see src/core/model/session-mean.ts */
export function createMean({ itemTable: { bytes, dim, scale, min } }) {
  const mean = new Float32Array(dim);
  return (rows) => {
    mean.fill(0);
    let distance = 0;
    for (let i = rows.length - 1; i >= 0 && distance < 20; i--) {
      if (rows[i] === rows[i + 1]) continue;
      const weight = (distance++ + 1) ** -1.5;
      for (let d = 0; d < dim; d++) mean[d] += weight * (bytes[rows[i] * dim + d] * scale + min);
    }
    const norm = Math.hypot(...mean);
    return mean.map((value) => value / norm);
  };
}
