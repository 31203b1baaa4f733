/**
 * Whether a shop's refusal says by its code that there is none left: `OUT_OF_STOCK` of a page's own, of Shopify, WooCommerce and our offers,
 * with whatever stands before it. That there are fewer than were asked for is another matter, and so is a warehouse that does not answer.
 */
export function isSoldOut(refusal: unknown): boolean {
  const { code } = (refusal ?? {}) as { code?: unknown };
  return /^(?!.*partial).*out.of.stock$/i.test(String(code));
}
