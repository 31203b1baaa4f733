// In: a bundle and test questions. Out: a few of them with the slates that a page would show, in the names of products.
import type { Reason } from '../../../core/domain/slate.js';
import type { Bundle } from '../../../core/model/bundle.js';
import type { ModelRuntime } from '../../../core/model/runtime.js';
import { createRandom } from '../../fit/random.js';
import { SMALL_CART } from '../evaluate.js';
import type { Query } from '../query.js';
import { createSessionRunner } from '../session-recommender.js';

/** One test cart as a person reads it. */
export interface ExampleCart {
  /** titles, in the order of the session */
  readonly shown: readonly string[];
  /** what the shopper really took next, or beside these */
  readonly target: string;
  /** own purchases that the device remembers */
  readonly purchases: number;
  readonly suggestions: readonly { readonly title: string; readonly reason: string; readonly isTarget: boolean }[];
}

const EXAMPLES = 20;
const SLATE_SIZE = 4;

/** Draws small carts by seed, not by how well they are answered, and answers them. */
export function drawExampleCarts(
  { bundle, runtime }: { readonly bundle: Bundle; readonly runtime: ModelRuntime | undefined },
  queries: readonly Query[],
  seed: number,
): ExampleCart[] {
  const small = queries.filter(({ shown }) => shown.length <= SMALL_CART);
  const order = createRandom(seed, 'examples').shuffle(Uint32Array.from(small.keys())).slice(0, EXAMPLES);
  const run = createSessionRunner(bundle, runtime);
  const titleOf = (itemId: string) => {
    const row = bundle.index.rowOf(itemId);
    return (row > 0 ? bundle.factsOf(row).title : undefined) ?? itemId;
  };
  return Array.from(order, (place) => {
    const query = small[place] as Query;
    return {
      shown: query.shown.map(titleOf),
      target: titleOf(query.target),
      purchases: query.history.length,
      suggestions: run(query, SLATE_SIZE).items.map(({ item, reason }) => ({
        title: item.title ?? item.itemId,
        reason: toSentence(reason),
        isTarget: item.itemId === query.target,
      })),
    };
  });
}

/** A reason for somebody who is not the shopper. */
function toSentence({ code, title = 'another item', category = 'its category' }: Reason): string {
  const sentences: Readonly<Record<Reason['code'], string>> = {
    'often-bought-with': `often bought with ${title}`,
    'goes-with': `goes with ${title} by the catalogue`,
    'goes-with-viewed': `goes with ${title}, which was looked at`,
    'you-looked-at-this': 'was looked at in this session',
    'you-spent-time-on-this': 'was studied for ten seconds or more',
    'bought-before': 'this shopper bought it before',
    'because-you-bought': `goes with ${title}, bought earlier`,
    'popular-in-category': `popular in ${category}`,
    popular: 'popular',
    'picked-by-shop': 'picked by the shop',
  };
  return sentences[code];
}
