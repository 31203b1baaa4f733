// node bench/learning-curve.mjs [--model]: what 0 to 10,000 orders of Online Retail earn, by tier, through dist/cli.js as any shop would
// run it. The last orders before the cut at 80 % are fitted, masked baskets of the last 20 % asked. `--model` adds the model tier.
import process from 'node:process';
import { askBaskets, CATALOG, hitRates, openTrial, readOrders, writeResult } from './masked-baskets.mjs';

const SIZES = [0, 100, 300, 1000, 10_000];
const TEST_SHARE = 0.2;
const hasModel = process.argv.includes('--model');

function measurePopularity(questions, orders) {
  const counts = new Map();
  for (const { items } of orders) for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  const best = [...counts].sort((a, b) => b[1] - a[1]).map(([item]) => item);
  const lists = questions.map(({ id, shown }) => {
    const seen = new Set(shown);
    return [id, best.filter((item) => !seen.has(item)).slice(0, 20)];
  });
  return hitRates(questions, new Map(lists));
}

const trial = openTrial();
try {
  const orders = await readOrders();
  const cut = Math.floor(orders.length * (1 - TEST_SHARE));
  const questions = askBaskets(orders.slice(cut));
  const measure = (...args) => {
    trial.train(...args);
    return trial.measure(questions);
  };
  const curve = SIZES.map((size) => {
    const known = orders.slice(cut - size, cut);
    const point = { orders: size, popularity: measurePopularity(questions, known) };
    if (size === 0) point.content = measure(...CATALOG);
    else {
      const events = trial.writeEvents(known);
      point.table = measure(...events, '--epochs', '0');
      point.tableAndContent = measure(...events, '--epochs', '0', ...CATALOG);
      if (hasModel) point.model = measure(...events, ...CATALOG);
    }
    console.error(JSON.stringify(point));
    return point;
  });
  writeResult('learning-curve', {
    command: `node bench/learning-curve.mjs${hasModel ? ' --model' : ''}`,
    questions: questions.length,
    curve,
  });
} finally {
  trial.close();
}
