// In: the arm of a holdout test. Out: the same on the platform's cart, which carries it to the order. Page thread.
import type { Arm } from '../../core/domain/slate.js';
import { TillsideError } from '../../core/errors.js';
import type { CaptureContext } from '../capture/capture-context.js';
import { isObject } from '../check-value.js';
import { ORDER_ATTRIBUTE } from '../holdout/order-attribute.js';
import { detectSources, type SourceName } from './detect-sources.js';
import { fetchCartJson, shopRoot } from './shopify-cart.js';
import { listAt, valueAt } from './value-at.js';
import { createStoreApi, StoreRefusal } from './woocommerce-store-api.js';

type PlatformPage = Pick<CaptureContext, 'window'>;
/** Makes the platform's cart carry the arm, `''` being none, and says whether it does; one that carries it, and an empty one, is left alone. */
type WriteArm = (page: PlatformPage, arm: Arm | '') => Promise<boolean>;

const WRITERS: Readonly<Partial<Record<SourceName, WriteArm>>> = {
  shopify: writeShopify,
  'shopify-theme': writeShopify,
  woocommerce: writeWooCommerce,
};

/**
 * Writes the arm on the carts of the platforms that a page has.
 *
 * @param cart the shop's sources of the cart, or `auto`
 * @returns whether they all carry it now, which an empty one does not; `undefined`: there is no such platform
 * @throws {TillsideError} `page-failed` in the platform's words; the browser's own error where the network failed
 */
export async function writeArm(
  page: PlatformPage,
  cart: 'auto' | readonly SourceName[],
  arm: Arm | '',
): Promise<boolean | undefined> {
  const names = cart === 'auto' ? detectSources() : cart;
  const writers = new Set(names.flatMap((name) => WRITERS[name] ?? []));
  let isCarried: boolean | undefined = writers.size > 0 || undefined;
  for (const write of writers) if (!(await write(page, arm))) isCarried = false;
  return isCarried;
}

/** @see https://shopify.dev/docs/api/ajax/reference/cart */
async function writeShopify(page: PlatformPage, arm: Arm | ''): Promise<boolean> {
  const cart = await fetchCartJson(page);
  const carried = valueAt(cart, `attributes.${ORDER_ATTRIBUTE}`) ?? '';
  if (carried === arm) return true;
  if (arm && !listAt(cart, 'items').length) return false;
  const url = `${shopRoot(page.window)}cart/update.js`;
  const response = await page.window.fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ attributes: { [ORDER_ATTRIBUTE]: arm } }),
    keepalive: true, // the shopper may be on the way to the checkout
  });
  if (response.ok) return true;
  const message = `${url} answered ${response.status} to the attribute ${ORDER_ATTRIBUTE}: orders do not carry the arm. Open the network tab to see why.`;
  throw new TillsideError('page-failed', message);
}

/** The Store API has no attributes: a snippet of the shop's (docs/uplift.md) takes the arm, tells it in the cart and puts it on the order. */
async function writeWooCommerce(page: PlatformPage, arm: Arm | ''): Promise<boolean> {
  const api = createStoreApi(page);
  try {
    const { units, data } = await api.extension('tillside');
    if (!isObject(data)) throw new StoreRefusal('its cart has no extension "tillside"', '');
    if ((data['arm'] ?? '') === arm) return true;
    if (arm && !units) return false;
    await api.change('extensions', { namespace: 'tillside', data: { arm } });
    return true;
  } catch (error) {
    if (!(error instanceof StoreRefusal)) throw error;
    const message = `WooCommerce does not take ${ORDER_ATTRIBUTE}: ${error.message}. Add the snippet of docs/uplift.md to the shop.`;
    throw new TillsideError('page-failed', message, error);
  }
}
