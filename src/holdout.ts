// The loop of a shop that measures what suggestions bring, as a file of its own: it loads the loop beside it.
import { holdLoop as holdWholeLoop } from './loop.js';
import { holdOut } from './page/holdout/hold-out.js';

/** `holdLoop` of `loop.js`, whose slates are empty for the shoppers who are held out. */
export const { holdLoop } = holdOut({ holdLoop: holdWholeLoop });

export { takeOff } from './page/holdout/hold-out.js';
