const pounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });

/** @param {number} price GBP */
export function formatPrice(price) {
  return pounds.format(price);
}

/** Adds prices without the dust of binary fractions. */
export function sumPrices(prices) {
  return prices.reduce((pence, price) => pence + Math.round(price * 100), 0) / 100;
}
