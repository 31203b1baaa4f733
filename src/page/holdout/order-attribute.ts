/** What the cart, and so the order, calls the shopper's arm. */
export const ORDER_ATTRIBUTE = 'tillside_arm';
