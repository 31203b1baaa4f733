// In: a minified script. Out: the same with its functions in another order, which gzips better: what is alike lies closer together.
import MagicString, { Bundle } from 'magic-string';
import { parseAst } from 'rollup/parseAst';
import { gzipSync } from 'node:zlib';

/** Tries for one script, 2 ms each. */
const TRIES = 3_000;
/** Most functions that move together. */
const MOST_MOVED = 6;

/**
 * Moves top-level functions about and keeps what makes the script smaller. They are hoisted, so their order means nothing. The tries are drawn
 * from a seed: the same script comes out the same on the same zlib, of another release of Node's in another order.
 */
export function byLikeness() {
  return {
    name: 'by-likeness',
    renderChunk(/** @type {string} */ code, /** @type {{ fileName: string }} */ { fileName }) {
      const { body } = parseAst(code);
      const isFunction = ({ type }) => type === 'FunctionDeclaration';
      const others = body.filter((node) => !isFunction(node));
      const textOf = (nodes) => nodes.map(({ start, end }) => code.slice(start, end)).join('');
      const order = climb(body.filter(isFunction), (functions) => sizeSent(textOf([...functions, ...others])));
      const text = new MagicString(code);
      const sorted = new Bundle({ separator: '' });
      for (const { start, end } of [...order, ...others])
        sorted.addSource({ filename: fileName, content: text.snip(start, end) });
      return { code: sorted.toString(), map: sorted.generateMap({ hires: true }) };
    },
  };
}

const sizeSent = (code) => gzipSync(code, { level: 9 }).length;

function climb(functions, sizeOf) {
  const draw = randomUpTo();
  let best = functions;
  let least = sizeOf(best);
  for (let i = 0; i < TRIES; i++) {
    const order = [...best];
    const moved = order.splice(draw(order.length), 1 + draw(draw(MOST_MOVED) + 1));
    order.splice(draw(order.length + 1), 0, ...moved);
    const size = sizeOf(order);
    if (size < least) [best, least] = [order, size];
  }
  return best;
}

/** Lehmer's generator. @returns whole numbers from 0 to below what it is given */
function randomUpTo() {
  let state = 7;
  return (below) => {
    state = (state * 16_807) % (2 ** 31 - 1);
    return Math.floor((state / 2 ** 31) * below);
  };
}
