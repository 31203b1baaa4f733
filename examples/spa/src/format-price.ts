const pounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });

/** @param price GBP */
export function formatPrice(price: number): string {
  return pounds.format(price);
}
