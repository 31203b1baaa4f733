// What runs with consent, as a file of its own: without consent not even its bytes come.
export { startLoop } from './page/loop.js';
