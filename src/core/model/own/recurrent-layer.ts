import { activationOf } from './activate.js';
import { gruCell, lstmCell } from './cells.js';
import { type LayerRun, type LayerSite, shapeOf, unsupported } from './layer-site.js';
import { createTensor, shapeTensor, type Tensor } from './tensor.js';

/** Steps whose states have room from the start: as many as a session has. */
const USUAL_STEPS = 50;

/**
 * LSTM and GRU. Every step's state is kept: a sequence that starts as the one before goes on from there, so that an event costs one step, and
 * one whose past changed is replayed from the change.
 */
export function recurrentLayer(site: LayerSite): LayerRun {
  const { config, output, memory } = site;
  if (config.go_backwards === true) throw unsupported(site, ' backwards');
  const input = site.inputs[0] as Tensor;
  const { own, features, state, size, x, step } = createCell(site);
  const seen = createTensor();
  const states = createTensor();
  const stateAt = (t: number): number => states.at + t * size * 4;
  const copy = (to: number, from: number, count: number): void => {
    memory.floats().copyWithin(to / 4, from / 4, from / 4 + count);
  };
  let known = 0;

  /** @returns whether what was kept is still there */
  const makeRoom = (steps: number): boolean => {
    const places = [seen.at, states.at];
    shapeTensor(seen, [Math.max(steps, USUAL_STEPS), features], memory);
    shapeTensor(states, [Math.max(steps, USUAL_STEPS), size], memory);
    return places[0] === seen.at && places[1] === states.at;
  };
  const runOne = (start: number, steps: number): void => {
    let t = commonRows(memory.floats(), [start / 4, seen.at / 4], { width: features, most: Math.min(known, steps) });
    if (t > 0) copy(state, stateAt(t - 1), size);
    else memory.floats().fill(0, state / 4, state / 4 + size);
    for (; t < steps; t++) {
      copy(x, start + t * features * 4, features);
      step();
      copy(stateAt(t), state, size);
    }
    copy(seen.at, start, steps * features);
    known = steps;
  };

  return () => {
    const [batch, steps] = input.shape as [number, number];
    const isWhole = config.return_sequences === true;
    shapeTensor(output, isWhole ? [batch, steps, own] : [batch, own], memory);
    if (!makeRoom(steps)) known = 0;
    for (let n = 0; n < batch; n++) {
      runOne(input.at + n * steps * features * 4, steps);
      if (!isWhole) copy(output.at + n * own * 4, state, own);
      else for (let t = 0; t < steps; t++) copy(output.at + (n * steps + t) * own * 4, stateAt(t), own);
    }
  };
}

/** A cell of the layer's kind, and where its state lies: `h` and `c`, side by side. */
function createCell(site: LayerSite) {
  const isLstm = site.className === 'LSTM';
  const [features, wide] = shapeOf(site, 'kernel');
  const own = wide / (isLstm ? 4 : 3);
  const units = Math.ceil(own / 8) * 8;
  const x = site.memory.allocate((features + 2 * units) * 4);
  const state = x + features * 4;
  const activate = activationOf(site, 'activation', 'tanh');
  const gate = activationOf(site, 'recurrent_activation', 'hard_sigmoid');
  const cell = { site, features, units, own, x, c: state + units * 4, activate, gate };
  return { own, features, state, size: 2 * units, x, step: isLstm ? lstmCell(cell) : gruCell(cell) };
}

/** Counts the rows, of at most `most`, in which two matrices start alike. */
function commonRows(
  floats: Float32Array,
  [a, b]: readonly [number, number],
  { width, most }: { width: number; most: number },
): number {
  let i = 0;
  while (i < most * width && floats[a + i] === floats[b + i]) i++;
  return Math.floor(i / width);
}
