// In: Shopify's `/cart.js`. Out: the whole cart, and each change of it once. Page thread.
import type { ItemFacts } from '../../core/domain/item.js';
import { settleWithin } from '../../core/engine/settle-within.js';
import { codeOf, TillsideError } from '../../core/errors.js';
import type { CaptureContext } from '../capture/capture-context.js';
import { reportError } from '../report-error.js';
import type { Aliased, CartMutation, PlatformSink } from './platform-source.js';
import { cartItemFacts, currencyAt, type ShopifyLine, toLines } from './shopify-items.js';
import { listAt, valueAt } from './value-at.js';

/** A shop that has not told its cart by then is asked again at the next change. */
const READ_MS = 10_000;

/** A request that is not answered by then hides the cart no longer. */
const HOLD_MS = 10_000;

/** Units the shop has added; `line` is what its answer said of the item. */
export interface Added {
  readonly itemId: string;
  readonly quantity: number;
  readonly line?: ShopifyLine | undefined;
}

export interface ShopifyCart {
  /** Has the cart read and told. */
  look(): void;
  /** Has it read after a change that the shop confirmed: what is new is told as mutations, first of all the units added. */
  changed(added?: readonly Added[]): void;
  /** Tells nothing of the cart until the release is called: a change is on its way, and what is read now may hold it or not. */
  hold(): () => void;
  readonly stop: () => void;
}

/** One reading: by variant id, and what it says of the items. */
interface ReadCart {
  readonly lines: ReadonlyMap<string, ShopifyLine>;
  readonly facts: readonly ItemFacts[];
}

/** Finds what all of the shop's addresses start with: `/`, or a market's such as `/en-gb/`. */
export function shopRoot(window: Window): string {
  const root = valueAt(window, 'Shopify.routes.root');
  return typeof root === 'string' && /^\/([\w-]+\/)*$/.test(root) ? root : '/';
}

async function fetchCart(context: CaptureContext): Promise<ReadCart> {
  const cart = await fetchCartJson(context);
  const currency = currencyAt(cart, 'currency');
  const items = listAt(cart, 'items');
  return { lines: toLines(items, currency), facts: items.flatMap((item) => cartItemFacts(item, currency)) };
}

/** Asks the shop for its cart, as it writes it. @throws {TillsideError} `page-failed` when it has none */
export async function fetchCartJson({ window }: Pick<CaptureContext, 'window'>): Promise<unknown> {
  const url = `${shopRoot(window)}cart.js`;
  const answer = window.fetch(url, { headers: { accept: 'application/json' }, cache: 'no-store' });
  const response = await settleWithin(answer, READ_MS, () => new Error(`no answer for ${READ_MS / 1000} s`));
  const cart = parse(await response.text());
  if (!response.ok || !Array.isArray(valueAt(cart, 'items')))
    throw new TillsideError(
      'page-failed',
      `${url} answered ${response.status} without a cart. Open it in the browser to see why.`,
    );
  return cart;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a page, such as that of a shop behind a password
  }
}

/** Creates the cart's telling: one reading at a time, of which only one that no change overtook is told. */
export function createShopifyCart(context: CaptureContext, sink: PlatformSink): ShopifyCart {
  const { tell, tellAdded, wait } = createTelling(sink);
  let isDue = false;
  let isReading = false;
  let isStopped = false;
  let holds = 0;

  const pump = async () => {
    if (!isDue || isReading || isStopped || holds) return;
    isDue = false;
    isReading = true;
    const cart = await fetchCart(context).catch((error: unknown) => {
      // The network's own failure is the page's end or a lost connection: the next reading tells.
      if (codeOf(error)) reportError(context.onError, error);
      return undefined;
    });
    isReading = false;
    if (isStopped) return;
    if (cart && !isDue) tell(cart);
    await pump();
  };
  const look = () => {
    isDue = true;
    void pump();
  };
  return {
    look,
    changed(added = []) {
      for (const unit of added) unit.line && tellAdded(unit.line, unit.quantity);
      wait(added.filter(({ line }) => !line));
      look();
    },
    hold() {
      holds++;
      if (isReading) isDue = true;
      let isHeld = true;
      const release = () => {
        clearTimeout(timer);
        if (isHeld) holds--;
        isHeld = false;
        void pump();
      };
      const timer = setTimeout(release, HOLD_MS);
      return release;
    },
    stop() {
      isStopped = true;
    },
  };
}

/** Creates the memory of what was told, which makes the next reading's news. */
function createTelling(sink: PlatformSink) {
  let waiting: readonly Added[] | undefined;
  let known: Map<string, ShopifyLine> | undefined;
  const tellAdded = ({ currency: _, ...line }: Pick<ShopifyLine, 'itemId'> & Partial<ShopifyLine>, quantity: number) => {
    sink.mutation({ ...line, type: 'add_to_cart', quantity });
    known?.set(line.itemId, { ...line, quantity: quantity + (known.get(line.itemId)?.quantity ?? 0) });
  };
  return {
    tellAdded,
    /** What was added waits for the next reading, which knows the item's other ids. */
    wait(added: readonly Added[]) {
      waiting = [...(waiting ?? []), ...added];
    },
    tell(cart: ReadCart) {
      for (const { itemId, quantity } of waiting ?? []) tellAdded(cart.lines.get(itemId) ?? { itemId }, quantity);
      if (waiting && known) for (const mutation of changesBetween(known, cart.lines)) sink.mutation(mutation);
      waiting = undefined;
      known = new Map(cart.lines);
      if (cart.facts.length) sink.products(cart.facts, []);
      sink.snapshot([...known.values()]);
    },
  };
}

/** Tells changes by their outcome, so that one told twice, or in two tabs, changes nothing. */
function changesBetween(before: ReadonlyMap<string, ShopifyLine>, after: ReadonlyMap<string, ShopifyLine>) {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((itemId): (CartMutation & Aliased)[] => {
    const [was, is] = [before.get(itemId), after.get(itemId)];
    if (was?.quantity === is?.quantity) return [];
    const { aliases = [] } = is ?? was ?? {};
    if (!is) return [{ type: 'remove_from_cart', itemId, aliases }];
    return [{ type: 'update_cart', itemId, quantity: is.quantity, aliases }];
  });
}
