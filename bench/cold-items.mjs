// node bench/cold-items.mjs: items that the fit never saw. A tenth of Online Retail's items is taken out of all orders before the cut at
// 80 %; the last 20 % ask for them, and for the others, with and without the catalogue. Through dist/cli.js, tables only.
import { askBaskets, CATALOG, createDraw, openTrial, readOrders, writeResult } from './masked-baskets.mjs';

const TEST_SHARE = 0.2;
const HELD_SHARE = 0.1;

const trial = openTrial();
try {
  const orders = await readOrders();
  const cut = Math.floor(orders.length * (1 - TEST_SHARE));
  const [before, after] = [orders.slice(0, cut), orders.slice(cut)];
  const known = [...new Set(before.flatMap(({ items }) => items))].sort();
  const draw = createDraw(2);
  const held = new Set(known.filter(() => draw(1000) < 1000 * HELD_SHARE));
  const isKnown = new Set(known);
  const questions = {
    held: askBaskets(after, (item) => held.has(item)),
    known: askBaskets(after, (item) => isKnown.has(item) && !held.has(item)),
    neverSoldBefore: askBaskets(after, (item) => !isKnown.has(item)),
  };
  const taught = before.map((order) => ({ ...order, items: order.items.filter((item) => !held.has(item)) }));
  const measure = (events, ...catalog) => {
    trial.train(...events, '--epochs', '0', ...catalog);
    return Object.fromEntries(Object.entries(questions).map(([name, asked]) => [name, trial.measure(asked)]));
  };
  const events = trial.writeEvents(taught);
  const without = measure(events);
  const withCatalog = measure(events, ...CATALOG);
  writeResult('cold-items', {
    command: 'node bench/cold-items.mjs',
    heldItems: held.size,
    questions: Object.fromEntries(Object.entries(questions).map(([name, asked]) => [name, asked.length])),
    without,
    withCatalog,
  });
} finally {
  trial.close();
}
