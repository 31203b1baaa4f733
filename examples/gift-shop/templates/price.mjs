const pounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });

/** @param {number} price GBP */
export function formatPrice(price) {
  return pounds.format(price);
}
