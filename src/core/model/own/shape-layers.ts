import { type LayerRun, type LayerSite, unsupported } from './layer-site.js';
import { countOf, shapeTensor, type Tensor } from './tensor.js';

/** The same numbers in another shape; one side may be open: -1, or null. */
export function reshapeLayer({ config, inputs, output }: LayerSite): LayerRun {
  const input = inputs[0] as Tensor;
  const target = (config.target_shape as readonly (number | null)[]).map((side) => side ?? -1);
  return () => {
    const batch = input.shape[0] as number;
    const rest = countOf(input.shape) / batch / Math.abs(countOf(target));
    output.at = input.at;
    output.shape = [batch, ...target.map((side) => (side === -1 ? rest : side))];
  };
}

/** Sides in another order; `dims` counts from 1, the batch stays first. */
export function permuteLayer({ config, inputs, output, memory }: LayerSite): LayerRun {
  const input = inputs[0] as Tensor;
  const order = [0, ...(config.dims as readonly number[])];
  return () => {
    const { shape } = input;
    const steps = order.map((side) => countOf(shape.slice(side + 1)));
    shapeTensor(
      output,
      order.map((side) => shape[side] as number),
      memory,
    );
    const floats = memory.floats();
    const from = input.at / 4;
    const place = order.map(() => 0);
    for (let i = 0, count = countOf(shape); i < count; i++) {
      floats[output.at / 4 + i] = floats[from + place.reduce((sum, p, side) => sum + p * (steps[side] as number), 0)] as number;
      for (let side = place.length - 1; side >= 0 && ++(place[side] as number) === output.shape[side]; side--) place[side] = 0;
    }
  };
}

/** Sums of like tensors. */
export function addLayer(site: LayerSite): LayerRun {
  const { inputs, output, memory } = site;
  return () => {
    const { shape } = inputs[0] as Tensor;
    if (inputs.some((other) => other.shape.join() !== shape.join())) throw unsupported(site, ' of unlike shapes');
    shapeTensor(output, shape, memory);
    const floats = memory.floats();
    for (let i = 0, count = countOf(shape); i < count; i++) {
      let sum = 0;
      for (const { at } of inputs) sum += floats[at / 4 + i] as number;
      floats[output.at / 4 + i] = sum;
    }
  };
}

/** Tensors side by side, along any side but the batch. */
export function concatenateLayer({ config, inputs, output, memory }: LayerSite): LayerRun {
  return () => {
    const { shape } = inputs[0] as Tensor;
    const axis = (config.axis ?? -1) as number;
    const place = axis < 0 ? shape.length + axis : axis;
    const sides = inputs.map((input) => input.shape[place] as number);
    shapeTensor(output, shape.with(place, countOfSum(sides)), memory);
    const floats = memory.floats();
    const inner = countOf(shape.slice(place + 1));
    const outer = countOf(shape.slice(0, place));
    let to = output.at / 4;
    for (let o = 0; o < outer; o++) {
      inputs.forEach(({ at }, i) => {
        const length = (sides[i] as number) * inner;
        floats.copyWithin(to, at / 4 + o * length, at / 4 + (o + 1) * length);
        to += length;
      });
    }
  };
}

const countOfSum = (sides: readonly number[]): number => sides.reduce((sum, side) => sum + side, 0);

/** What Keras adds to a norm's square before it divides by it. */
const EPSILON = 1e-7;

/** Products of rows with rows, or with columns; normalised they are cosines. */
export function dotLayer(site: LayerSite): LayerRun {
  const { config, output, memory } = site;
  const [x, y] = site.inputs as [Tensor, Tensor];
  return () => {
    const axes = Array.isArray(config.axes) ? config.axes : [config.axes, config.axes];
    const a = sidesOf(x.shape, axes[0]);
    const b = sidesOf(y.shape, axes[1]);
    if (x.shape.length > 3 || y.shape.length > 3) throw unsupported(site, ' of four sides');
    const batch = x.shape[0] as number;
    const rest = [...a.rest, ...b.rest];
    shapeTensor(output, [batch, ...(rest.length > 0 ? rest : [1])], memory);
    const floats = memory.floats();
    const product = (p: Line, q: Line): number => {
      let sum = 0;
      for (let k = 0; k < a.length; k++) sum += (floats[p.at + k * p.step] as number) * (floats[q.at + k * q.step] as number);
      return sum;
    };
    const norm = (line: Line): number => Math.sqrt(Math.max(product(line, line), EPSILON));
    let to = output.at / 4;
    for (let n = 0; n < batch; n++) {
      for (let i = 0; i < (a.rest[0] ?? 1); i++) {
        for (let j = 0; j < (b.rest[0] ?? 1); j++) {
          const p = { at: x.at / 4 + n * a.size + i * a.restStep, step: a.step };
          const q = { at: y.at / 4 + n * b.size + j * b.restStep, step: b.step };
          floats[to++] = product(p, q) / (config.normalize === true ? norm(p) * norm(q) : 1);
        }
      }
    }
  };
}

/** Numbers at equal distances. */
interface Line {
  readonly at: number;
  readonly step: number;
}

/** How to walk along one side of `[batch, a]` or `[batch, a, b]`, and what is left of it then. */
function sidesOf(shape: readonly number[], axis: number) {
  const place = axis < 0 ? shape.length + axis : axis;
  const stepOf = (side: number): number => countOf(shape.slice(side + 1));
  const other = 3 - place;
  const hasRest = shape.length === 3;
  return {
    length: shape[place] as number,
    step: stepOf(place),
    rest: hasRest ? [shape[other] as number] : [],
    restStep: hasRest ? stepOf(other) : 0,
    size: countOf(shape.slice(1)),
  };
}
