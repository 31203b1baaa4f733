// What runs with consent, as a file of its own: without it not even its bytes come, unless the shop has it hold in memory.
export { holdLoop } from './page/loop.js';
