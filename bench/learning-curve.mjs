// node bench/learning-curve.mjs [--model]: what 0, 100, 1,000 and 10,000 orders of Online Retail earn, by tier, through dist/cli.js as any
// shop would run it. Masked baskets of the last 20 % of the orders; writes bench/results/learning-curve.json. `--model` adds the model tier.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';

const SIZES = [0, 100, 300, 1000, 10_000];
const CUTOFFS = [4, 10, 20];
const TEST_SHARE = 0.2;
const hasModel = process.argv.includes('--model');
const root = fileURLToPath(new URL('../', import.meta.url));
const data = (name) => join(root, 'examples/gift-shop/data', name);
const folder = mkdtempSync(join(tmpdir(), 'learning-curve-'));

/** Orders by time, each with its lines. */
async function readOrders() {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const rows = await connection.runAndReadAll(
    `SELECT session_id, item_id, occurred_at, visitor_id FROM read_parquet('${data('events.parquet')}')`,
  );
  const orders = new Map();
  for (const [sessionId, itemId, at, visitorId] of rows.getRows()) {
    const order = orders.get(sessionId) ?? { id: String(sessionId), at: Number(at), visitor: visitorId ?? '', items: [] };
    if (!order.items.includes(itemId)) order.items.push(String(itemId));
    orders.set(sessionId, order);
  }
  return [...orders.values()].sort((a, b) => a.at - b.at);
}

/** mulberry32: the masks are the same for every tier and size. */
function createDraw(seed) {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

function askBaskets(orders) {
  const draw = createDraw(1);
  return orders
    .filter(({ items }) => items.length > 1)
    .map(({ id, at, items }) => {
      const hidden = items[draw(items.length)];
      return { id, at, hidden, shown: items.filter((item) => item !== hidden) };
    });
}

function run(...args) {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [join(root, 'dist/cli.js'), ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (error || status !== 0) throw error ?? new Error(`${args.join(' ')}\n${stderr}`);
  return stdout;
}

/** Share of the questions with the hidden item among the first k. */
function hitRates(questions, lists) {
  const ranks = questions.map(({ id, hidden }) => lists.get(id).indexOf(hidden));
  return Object.fromEntries(
    CUTOFFS.map((k) => [`hr${k}`, Math.round((1e4 * ranks.filter((rank) => rank >= 0 && rank < k).length) / ranks.length) / 1e4]),
  );
}

function measureBundle(questions, args) {
  const bundle = join(folder, 'bundle');
  rmSync(bundle, { recursive: true, force: true });
  run('train', ...args, '--out', bundle, '--seed', '1');
  const lines = run(
    'predict',
    '--bundle',
    bundle,
    '--sessions',
    join(folder, 'sessions.ndjson'),
    '--k',
    '20',
    '--exclude',
    'shown',
  );
  const lists = new Map(
    lines
      .trim()
      .split('\n')
      .map((line) => [JSON.parse(line).id, JSON.parse(line).items]),
  );
  return hitRates(questions, lists);
}

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

try {
  const orders = await readOrders();
  const cut = Math.floor(orders.length * (1 - TEST_SHARE));
  const questions = askBaskets(orders.slice(cut));
  const events = join(folder, 'events.csv');
  const catalog = ['--catalog', data('catalog.parquet')];
  writeFileSync(
    join(folder, 'sessions.ndjson'),
    questions
      .map(({ id, at, shown }) =>
        JSON.stringify({ id, events: shown.map((item_id) => ({ item_id, type: 'add_to_cart', occurred_at: at })) }),
      )
      .join('\n'),
  );
  const curve = [];
  for (const size of SIZES) {
    const known = orders.slice(cut - size, cut);
    const lines = known.flatMap(({ id, at, visitor, items }) => items.map((item) => `${id},"${item}",purchase,${at},${visitor}`));
    writeFileSync(events, `session_id,item_id,type,occurred_at,visitor_id\n${lines.join('\n')}\n`);
    const measure = (...args) => measureBundle(questions, ['--events', events, ...args]);
    const point = { orders: size, popularity: measurePopularity(questions, known) };
    if (size === 0) point.content = measureBundle(questions, catalog);
    else {
      point.table = measure('--epochs', '0');
      point.tableAndContent = measure('--epochs', '0', ...catalog);
      if (hasModel) point.model = measure(...catalog);
    }
    curve.push(point);
    console.error(JSON.stringify(point));
  }
  const results = {
    command: `node bench/learning-curve.mjs${hasModel ? ' --model' : ''}`,
    data: 'Online Retail: the last orders before the cut at 80 % are fitted, the last 20 % are asked',
    questions: questions.length,
    curve,
  };
  mkdirSync(join(root, 'bench/results'), { recursive: true });
  writeFileSync(join(root, 'bench/results/learning-curve.json'), `${JSON.stringify(results, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
