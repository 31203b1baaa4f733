// A clock that runs 600 times as fast, the same on the page and in the worker: ten thousand events are then a shopper's, one in some seconds, not
// a storm that all lies in the five minutes that the engine remembers every action of.
const TIMES = 600;
const HOUR_MS = 3_600_000;
const now = Date.now.bind(Date);
const base = Math.floor(now() / HOUR_MS) * HOUR_MS;
Date.now = () => base + (now() - base) * TIMES;
