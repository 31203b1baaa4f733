import { expect, it } from 'vitest';
import { isSoldOut } from '../../src/page/is-sold-out.js';

it.each([
  ['woocommerce_rest_product_out_of_stock', true],
  ['MERCHANDISE_OUT_OF_STOCK', true],
  ['out-of-stock', true],
  ['woocommerce_rest_product_partially_out_of_stock', false],
  ['MERCHANDISE_NOT_ENOUGH_STOCK', false],
  ['stock-service-unavailable', false],
  [undefined, false],
  [409, false],
])('of the code %s is %s', (code, answer) => {
  expect(isSoldOut({ code })).toBe(answer);
});

it.each([[null], [undefined], ['sold out'], [new Error('out of stock')]])('of %s is false', (refusal) => {
  expect(isSoldOut(refusal)).toBe(false);
});
