// What lists the requests, as a file of its own: it loads when a page asks for the receipt.
export { readReceipt } from './page/read-receipt.js';
