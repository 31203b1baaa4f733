// In: any Shopify page, and what its theme asks of `cart/add.js` and its siblings. Out: the cart, its changes, the product. Page thread.
import type { CaptureContext } from '../capture/capture-context.js';
import { openScope } from '../capture/open-scope.js';
import { type ObservedAnswer, type ObservedRequest, observeRequests } from './observe-requests.js';
import type { PlatformSink } from './platform-source.js';
import { type RequestedLine, requestedLines } from './requested-lines.js';
import { type Added, createShopifyCart, type ShopifyCart, shopRoot } from './shopify-cart.js';
import { toLines } from './shopify-items.js';
import { readOrder } from './shopify-order.js';
import { type ShopifyProduct, watchShopifyProduct } from './shopify-product.js';
import { listAt } from './value-at.js';

const ACTION = /^cart\/(add|change|update|clear)(?:\.js(?:on)?)?$/;
/** A path begins so: with nothing in the shop's own language, with a market's folder in others. */
const LOCALE = /^\/(?:[a-z]{2}(?:-[a-z]{2,4})?\/)?/i;

export interface ShopifyPage {
  readonly cart: ShopifyCart;
  readonly product: ShopifyProduct;
  readonly stop: () => void;
}

/** Tells the page's cart, product and order, and follows its cart requests; one that `isCounted` is told of by somebody else. */
export function watchShopifyPage(
  context: CaptureContext,
  sink: PlatformSink,
  isCounted: (request: ObservedRequest) => boolean,
): ShopifyPage {
  const { listen, onStop, stop } = openScope(context);
  const cart = createShopifyCart(context, sink);
  const product = watchShopifyProduct(context, sink);
  const isWatched = ({ pathname }: URL) => !!actionOf(context, pathname);
  const onRequest = (request: ObservedRequest) =>
    isCounted(request) ? cart.hold() : follow(cart, request, actionOf(context, request.url.pathname) === 'add');
  for (const undo of [cart.stop, product.stop, observeRequests(context, { isWatched, onRequest })]) onStop(undo);
  // A page out of the back/forward cache shows the cart it had.
  listen(context.window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && cart.look());
  cart.look();
  const order = readOrder(context.window);
  if (order) sink.event(order);
  return { cart, product, stop };
}

function actionOf({ window }: CaptureContext, pathname: string): string | undefined {
  const root = shopRoot(window);
  return ACTION.exec(pathname.startsWith(`${root}cart/`) ? pathname.slice(root.length) : pathname.replace(LOCALE, ''))?.[1];
}

/** Holds the cart's telling while the request is under way, then has it told: also after a refusal, which may be a partial one. */
function follow(cart: ShopifyCart, { url, body }: ObservedRequest, isAdd: boolean): (answer?: ObservedAnswer) => void {
  const release = cart.hold();
  const requested = isAdd ? requestedLines(url, body) : Promise.resolve([]);
  const settle = async (answer: ObservedAnswer | undefined) => {
    if (answer?.isOk) cart.changed(await addedUnits(await requested, answer));
    else cart.look();
    release();
  };
  return (answer) => void settle(answer);
}

/** Joins the units asked for with what the answer says of the items: its own quantities are those of the whole lines. */
async function addedUnits(requested: readonly RequestedLine[], answer: ObservedAnswer): Promise<Added[]> {
  if (!requested.length) return [];
  const json = await answer.readJson().catch(() => undefined);
  const items = listAt(json, 'items');
  const lines = toLines(items.length ? items : [json]);
  return requested.map((unit) => ({ ...unit, line: lines.get(unit.itemId) }));
}
