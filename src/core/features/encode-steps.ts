import { BEHAVIOUR_FEATURES } from './feature-names.js';
import type { ItemIndex } from './item-index.js';
import type { SequenceStep, SessionState } from './session-state.js';

const WIDTH = BEHAVIOUR_FEATURES.length;
/** What counts as much, for the log scales: ten minutes on a page, a day between steps, a hundred units. */
const MUCH_DWELL_S = 600;
const MUCH_GAP_S = 86_400;
const MUCH_QUANTITY = 100;

/** The session model's input, before normalisation. */
export interface EncodedSteps {
  /** `[steps]`, oldest first; unknown items are left out */
  readonly rows: Int32Array;
  /** `[steps, BEHAVIOUR_FEATURES.length]`, every value in 0–1 */
  readonly behaviour: Float32Array;
}

/** Encodes the last ≤ 50 interactions as the session model's input. */
export function encodeSteps(state: SessionState, index: ItemIndex): EncodedSteps {
  const known = state.steps.filter((step) => index.rowOf(step.itemId));
  const rows = new Int32Array(known.length);
  const behaviour = new Float32Array(known.length * WIDTH);
  let before: SequenceStep | undefined;
  known.forEach((step, i) => {
    rows[i] = index.rowOf(step.itemId);
    const gapMs = before ? Math.max(0, step.occurredAt - before.occurredAt) : 0;
    const priceBand = index.priceBandOf(rows[i] as number);
    behaviour.set(encodeStep(step, { gapMs, priceBand, isOtherSession: step.session !== state.session }), i * WIDTH);
    before = step;
  });
  return { rows, behaviour };
}

/** One row of the behaviour input, in the order of `BEHAVIOUR_FEATURES`. */
function encodeStep(
  step: SequenceStep,
  { gapMs, priceBand, isOtherSession }: { gapMs: number; priceBand: number; isOtherSession: boolean },
): number[] {
  return [
    step.kind === 'view' ? 1 : 0,
    step.kind === 'add' ? 1 : 0,
    step.kind === 'remove' ? 1 : 0,
    step.kind === 'purchase' ? 1 : 0,
    logRatio(step.dwellMs / 1000, MUCH_DWELL_S),
    step.scrollDepthRatio,
    logRatio(gapMs / 1000, MUCH_GAP_S),
    priceBand / 10,
    logRatio(step.quantity, MUCH_QUANTITY),
    isOtherSession ? 1 : 0,
  ];
}

/** 0 at 0, 1 at `much` and above, logarithmic between. */
function logRatio(value: number, much: number): number {
  return Math.min(1, Math.log1p(Math.max(0, value)) / Math.log1p(much));
}
