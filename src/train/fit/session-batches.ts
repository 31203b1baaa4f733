import { BEHAVIOUR_FEATURES } from '../../core/features/feature-names.js';
import { type Normalisation, normalise } from '../../core/features/normalisation.js';
import type { Random } from './random.js';
import type { SessionWindow } from './session-windows.js';

/** Windows of like length, padded at the end: an LSTM reads forward, so what comes after a step cannot change its output. */
export interface SessionBatch {
  readonly size: number;
  readonly steps: number;
  /** `[size, steps]` */
  readonly rows: Int32Array;
  /** `[size, steps, BEHAVIOUR_FEATURES.length]`, normalised */
  readonly behaviour: Float32Array;
  /** places in `[size · steps]` with something to predict */
  readonly places: Int32Array;
  /** the row to predict at each of them */
  readonly targets: Int32Array;
}

/** Steps of a batch, padding included: what one gradient step costs. */
const BATCH_STEPS = 1280;
/** Lengths are rounded up to a multiple of this, so that few batches are needed and little is padding. */
const LENGTH_STEP = 4;

const WIDTH = BEHAVIOUR_FEATURES.length;

/** Groups windows by length into batches, in random order. */
export function toBatches(windows: readonly SessionWindow[], behaviour: Normalisation, random: Random): SessionBatch[] {
  const byLength = new Map<number, SessionWindow[]>();
  for (const window of windows) {
    const steps = Math.ceil(window.rows.length / LENGTH_STEP) * LENGTH_STEP;
    const group = byLength.get(steps) ?? [];
    group.push(window);
    byLength.set(steps, group);
  }
  const batches: SessionBatch[] = [];
  for (const [steps, group] of byLength) {
    const size = Math.max(1, Math.floor(BATCH_STEPS / steps));
    for (let i = 0; i < group.length; i += size) {
      const batch = toBatch(group.slice(i, i + size), steps, behaviour);
      if (batch.targets.length > 0) batches.push(batch);
    }
  }
  const order = random.shuffle(Uint32Array.from(batches, (_, i) => i));
  return Array.from(order, (i) => batches[i] as SessionBatch);
}

function toBatch(windows: readonly SessionWindow[], steps: number, normalisation: Normalisation): SessionBatch {
  const rows = new Int32Array(windows.length * steps);
  const behaviour = new Float32Array(windows.length * steps * WIDTH);
  const places: number[] = [];
  const targets: number[] = [];
  windows.forEach((window, i) => {
    rows.set(window.rows, i * steps);
    behaviour.set(normalise(window.behaviour.slice(), normalisation), i * steps * WIDTH);
    window.targets.forEach((target, step) => {
      if (target === 0) return;
      places.push(i * steps + step);
      targets.push(target);
    });
  });
  return { size: windows.length, steps, rows, behaviour, places: Int32Array.from(places), targets: Int32Array.from(targets) };
}
