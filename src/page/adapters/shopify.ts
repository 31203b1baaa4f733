// In: Shopify's standard storefront events, and all that older themes do. Out: the cart and its changes; adds by `Shopify.actions`. Page thread.
//
// Events and actions name a cart's lines by ids of their own, never by variant: what is in the cart is read from `/cart.js`.
// https://shopify.dev/docs/api/storefront-events-and-actions
import type { ItemFacts } from '../../core/domain/item.js';
import { settleWithin } from '../../core/engine/settle-within.js';
import type { CaptureContext } from '../capture/capture-context.js';
import { openScope } from '../capture/open-scope.js';
import { isWhole } from '../check-value.js';
import type { CreatePlatformSource, PlatformSink } from './platform-source.js';
import type { Added } from './shopify-cart.js';
import { currencyAt, factsOf } from './shopify-items.js';
import { type ShopifyPage, watchShopifyPage } from './shopify-page.js';
import { fetchVariants, toPage } from './shopify-product.js';
import { findLineLeft, findVariantId } from './shopify-variant.js';
import { idAt, listAt, textAt, valueAt } from './value-at.js';

/** A change that is announced and not settled by then hides the cart no longer. */
const SETTLE_MS = 10_000;

/** What an own add waits for, by the variant's gid: what comes of it, as its event says. */
type OwnAdds = Map<string, (outcome: unknown) => void>;

/** Follows standard events, and the requests of whoever does not announce them. */
export const createShopifySource: CreatePlatformSource = (context) => {
  const own: OwnAdds = new Map();
  return {
    start(sink) {
      const { listen, onStop, stop } = openScope(context);
      let announced = 0;
      // A change is announced before its request is made.
      const page = watchShopifyPage(context, sink, () => announced > 0 || own.size > 0);
      onStop(page.stop);
      const { cart, product } = page;
      listen(document, 'shopify:cart:lines-update', (event) => {
        if (!valueAt(event, 'promise')) return cart.look();
        announced++;
        const release = cart.hold();
        void followUpdate({ page, own }, event).finally(() => {
          announced--;
          release();
        });
      });
      listen(document, 'shopify:cart:discount-update', (event) => void followDiscount(page, sink, event));
      listen(document, 'shopify:cart:view shopify:cart:error', cart.look);
      listen(document, 'shopify:product:view', (event) => void tellView(context, { page, sink }, event));
      listen(
        document,
        'shopify:product:select',
        (event) => void resultOf(event).then((result) => product.pick(gidAt(result, 'variant.id'))),
      );
      return stop;
    },
    async add(order) {
      const merchandiseId = `gid://shopify/ProductVariant/${await findVariantId(context, order)}`;
      await act(context, own, { merchandiseId, quantity: order.quantity });
    },
    async remove(order) {
      const line = await findLineLeft(context, order);
      if (line) await act(context, own, line);
    },
  };
};

/** Tells a change once it is made; one that the shop refuses or that fails is none, though the cart is read anew. */
async function followUpdate({ page, own }: { page: ShopifyPage; own: OwnAdds }, event: Event) {
  const lines = listAt(event, 'lines');
  const settleOwn =
    valueAt(event, 'context') === 'standard-action' ? own.get(textAt(lines[0], 'merchandiseId') ?? '') : undefined;
  const result = await resultOf(event);
  if (result) settleOwn?.(result);
  if (!result || settleOwn || refusalOf(result)) page.cart.look();
  else page.cart.changed(valueAt(event, 'action') === 'add' ? lines.flatMap(addedOf) : []);
}

function addedOf(line: unknown): Added[] {
  const itemId = gidAt(line, 'merchandiseId');
  const quantity = valueAt(line, 'quantity');
  return itemId && isWhole(quantity, 1) ? [{ itemId, quantity }] : [];
}

async function followDiscount({ cart }: ShopifyPage, sink: PlatformSink, event: Event): Promise<void> {
  const result = await resultOf(event);
  const isApplied = listAt(result, 'cart.discountCodes').some((code) => valueAt(code, 'applicable') === true);
  if (isApplied && !refusalOf(result)) sink.event({ type: 'apply_coupon' });
  cart.look();
}

/** A page's or a quick view's product is looked at; those on cards are only described. */
async function tellView(context: CaptureContext, { page, sink }: { page: ShopifyPage; sink: PlatformSink }, event: Event) {
  const where = valueAt(event, 'context');
  if (where !== 'page' && where !== 'dialog') return sink.products(cardFacts(event), []);
  const picked = gidAt(event, 'product.selectedVariant.id');
  if (where === 'page' && page.product.pick(picked)) return;
  const handle = textAt(event, 'product.handle');
  const variants = handle ? await fetchVariants(context, handle).catch(() => []) : [];
  const viewed = variants.find(({ variant }) => variant === picked) ?? variants[0];
  if (!viewed) return;
  sink.products(viewed.facts, []);
  if (where === 'page') sink.page(toPage(viewed));
  else sink.event({ type: 'view_item', ...toPage(viewed) });
}

/** What the event's promise gives; nothing where it fails. */
async function resultOf(event: Event): Promise<unknown> {
  try {
    return await settleWithin(Promise.resolve(valueAt(event, 'promise')), SETTLE_MS, () => new Error('no answer'));
  } catch {
    return undefined; // shopify:cart:error tells why
  }
}

/** What the shop says of a change that it did not make. */
function refusalOf(result: unknown): string | undefined {
  // A warning is of a change made with an adjustment, but for this one, which leaves nothing of it.
  const outOfStock = listAt(result, 'warnings').filter((warning) => valueAt(warning, 'code') === 'MERCHANDISE_OUT_OF_STOCK');
  const problems = [...listAt(result, 'userErrors'), ...outOfStock];
  return problems.length
    ? problems.flatMap((problem) => textAt(problem, 'message') ?? []).join(' ') || 'the shop refused'
    : undefined;
}

function cardFacts(event: Event): ItemFacts[] {
  const product = gidAt(event, 'product.id');
  const handle = idAt(event, 'product.handle');
  const variant = gidAt(event, 'product.selectedVariant.id') ?? product;
  if (!variant) return [];
  const price = Number.parseFloat(textAt(event, 'product.selectedVariant.price.amount') ?? '');
  return factsOf(
    { variant, product: variant === product ? undefined : product, handle },
    {
      title: textAt(event, 'product.title'),
      price: price >= 0 ? price : undefined,
      currency: currencyAt(event, 'product.selectedVariant.price.currencyCode'),
      url: handle && `/products/${handle}`,
    },
  );
}

/**
 * The theme's own handler shows the change; Shopify's default one may reload the page to do so, and then never answers: what the
 * change's own event says before that counts as well.
 *
 * @throws {Error} in the shop's own words when it refuses
 */
function act(
  { window }: CaptureContext,
  own: OwnAdds,
  line: { readonly merchandiseId?: string; readonly id?: string; readonly quantity: number },
) {
  return new Promise<void>((resolve, reject) => {
    const settle = (result: unknown) => {
      const refusal = refusalOf(result);
      // By the code the card knows that there is no stock.
      const code = textAt(listAt(result, 'warnings')[0], 'code');
      if (refusal) reject(Object.assign(new Error(refusal), { code }));
      else resolve();
    };
    const actions = valueAt(window, 'Shopify.actions');
    const updateCart = valueAt(actions, 'updateCart');
    if (typeof updateCart !== 'function') throw new Error('the page has no Shopify.actions');
    const { merchandiseId = '' } = line;
    if (merchandiseId) own.set(merchandiseId, settle);
    new Promise((answer) => answer(Reflect.apply(updateCart, actions, [{ lines: [line] }])))
      .then(settle, reject)
      .finally(() => own.delete(merchandiseId));
  });
}

/** Reads the number in `gid://shopify/ProductVariant/123`. */
function gidAt(root: unknown, path: string): string | undefined {
  return /^(?:gid:\/\/shopify\/\w+\/)?(\d+)(?:\?|$)/.exec(idAt(root, path) ?? '')?.[1];
}
