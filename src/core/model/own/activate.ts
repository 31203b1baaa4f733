import { ACTIVATIONS, softmax } from './activations.js';
import { FAST_ACTIVATIONS } from './kernels.js';
import { type LayerSite, unsupported } from './layer-site.js';
import type { Memory } from './memory.js';

/** Applies an activation in place, to `count` numbers from a byte offset. */
export type Activate = (at: number, count: number) => void;

/** Finds the activation that a layer names, or that Keras takes where it names none. @throws {TillsideError} `runtime-unavailable` */
export function activationOf(site: LayerSite, setting: string, byDefault: string): Activate | undefined {
  const name = (site.config[setting] ?? byDefault) as string;
  if (name === 'linear') return undefined;
  const apply = ACTIVATIONS[name];
  if (!apply) throw unsupported(site, ` with "${name}"`);
  return inPlace(site.memory, name, apply);
}

function inPlace({ kernels, floats }: Memory, name: string, apply: (x: number) => number): Activate {
  const kind = FAST_ACTIVATIONS.indexOf(name);
  if (kind >= 0) return (at, count) => kernels.activate(at, count, kind);
  return (at, count) => {
    const values = floats();
    for (let i = at / 4, end = i + count; i < end; i++) values[i] = apply(values[i] as number);
  };
}

/** The same for a layer whose output is whole rows: with `softmax`. */
export function rowActivationOf(site: LayerSite): ((at: number, count: number, width: number) => void) | undefined {
  const { config, memory } = site;
  if (config.activation !== 'softmax') return activationOf(site, 'activation', 'linear');
  return (at, count, width) => softmax(memory.floats().subarray(at / 4, at / 4 + count), width);
}
