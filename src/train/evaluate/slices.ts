// In: questions. Out: the parts of them that get figures of their own. Runs in Node.
import { SMALL_CART } from './evaluate.js';
import { GROWING_CART_SIZES } from './make-queries.js';
import type { Protocol, Query } from './query.js';

/** A named part of the questions. */
export interface Slice {
  readonly name: string;
  /** places of its questions */
  readonly keep: readonly number[];
}

/** What a question's target is read against. */
export interface TargetScales {
  isKnown(itemId: string): boolean;
  /** 0–1, 1 = the most popular */
  popularityOf(itemId: string): number;
}

/** Items above this share of the others are the head of the catalogue. */
const HEAD = 0.8;

/** Parts with a table of their own; all questions first, even if there are none. */
export function tableSlices(protocol: Protocol, queries: readonly Query[]): Slice[] {
  if (protocol === 'growing-cart') {
    return GROWING_CART_SIZES.map((size) => slice(`first ${size} shown`, queries, ({ shown }) => shown.length === size));
  }
  const all = slice('all', queries, () => true);
  if (protocol !== 'masked-basket') return [all];
  const small = slice(`≤ ${SMALL_CART} shown`, queries, ({ shown }) => shown.length <= SMALL_CART);
  // a table that says what the one before it said helps nobody
  return small.keep.length === 0 || small.keep.length === queries.length ? [all] : [all, small];
}

/** Parts with a line of their own: by cart size, shopper and target; those without a question are left out. */
export function lineSlices(queries: readonly Query[], { isKnown, popularityOf }: TargetScales): Slice[] {
  const between = (least: number, most: number) => (query: Query) => query.shown.length >= least && query.shown.length <= most;
  const parts: [string, (query: Query) => boolean][] = [
    ['1 shown', between(1, 1)],
    ['2–3 shown', between(2, 3)],
    ['4–5 shown', between(4, 5)],
    ['6+ shown', between(6, Number.POSITIVE_INFINITY)],
    ['first-time shopper', ({ isReturning }) => isReturning === false],
    ['returning shopper', ({ isReturning }) => isReturning === true],
    ['shopper unknown', ({ isReturning }) => isReturning === undefined],
    ['re-buy', ({ history, target }) => history.some(({ itemId }) => itemId === target)],
    ['first buy, history known', ({ history, target }) => history.length > 0 && history.every(({ itemId }) => itemId !== target)],
    ['head target', ({ target }) => isKnown(target) && popularityOf(target) > HEAD],
    ['tail target', ({ target }) => isKnown(target) && popularityOf(target) <= HEAD],
    ['cold target', ({ target }) => !isKnown(target)],
  ];
  return parts.map(([name, isKept]) => slice(name, queries, isKept)).filter(({ keep }) => keep.length > 0);
}

function slice(name: string, queries: readonly Query[], isKept: (query: Query) => boolean): Slice {
  return { name, keep: queries.flatMap((query, i) => (isKept(query) ? [i] : [])) };
}
