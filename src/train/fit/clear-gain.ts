/** A smaller share of gain is chance, as often as not. */
const LEAST_GAIN = 0.01;

/** Whether what is tried finds so much more than the usual that it should replace it. Figures are of one set of questions, higher is better. */
export function isClearGain(found: number, usual: number): boolean {
  return found - usual > LEAST_GAIN * Math.abs(usual);
}
