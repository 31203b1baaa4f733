import type { ItemSessions } from '../../src/train/fit/item-sessions.js';

/** Carts of rows as the table fits read them: of one age, one unit a line, all of one visitor. */
export function sessionsOf(carts: readonly (readonly number[])[]): ItemSessions {
  const starts = new Uint32Array(carts.length + 1);
  carts.forEach((cart, i) => {
    starts[i + 1] = (starts[i] as number) + cart.length;
  });
  const decay = new Float64Array(carts.length).fill(1);
  const units = new Float64Array(carts.length).fill(Math.log(2));
  const visitors = new Uint32Array(carts.length);
  return { count: carts.length, starts, rows: Uint32Array.from(carts.flat()), decay, units, visitors };
}
