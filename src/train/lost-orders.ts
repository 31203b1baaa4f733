/**
 * States of orders that came to nothing, lower case and without `wc-`. What WooCommerce calls pending is a checkout that was left;
 * a pending payment of Shopify's may still come.
 */
export const LOST_STATES = {
  shopify: ['refunded', 'voided', 'expired'],
  woocommerce: [
    ...['cancelled', 'canceled', 'refunded', 'failed', 'pending', 'pending payment'],
    ...['checkout-draft', 'auto-draft', 'draft', 'trash', 'voided', 'expired'],
  ],
} as const;

/** Whether an order in this state was no sale, or is none any more. @param platform whose words these are; those of a table of one's own are WooCommerce's */
export function isLost(status: unknown, platform: keyof typeof LOST_STATES): boolean {
  const words: readonly string[] = LOST_STATES[platform];
  const state = String(status ?? '')
    .trim()
    .toLowerCase();
  return words.includes(state.replace(/^wc-/, ''));
}
