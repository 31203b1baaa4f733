// Orders of Online Retail → questions, a bundle trained by dist/cli.js, its answers. Used by learning-curve.mjs and cold-items.mjs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';

const CUTOFFS = [4, 10, 20];
const root = fileURLToPath(new URL('../', import.meta.url));
const data = (name) => join(root, 'examples/gift-shop/data', name);

/** Titles and prices; `train`'s arguments. */
export const CATALOG = ['--catalog', data('catalog.parquet')];

/** Orders by time, each with its distinct items in line order. */
export async function readOrders() {
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

/** mulberry32: the same questions in every run. @param {number} seed */
export function createDraw(seed) {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** One item of each basket hidden, of those that may be asked for. */
export function askBaskets(orders, isAsked = () => true) {
  const draw = createDraw(1);
  return orders.flatMap(({ id, at, items }) => {
    const asked = items.filter(isAsked);
    if (items.length < 2 || asked.length === 0) return [];
    const hidden = asked[draw(asked.length)];
    return [{ id, at, hidden, shown: items.filter((item) => item !== hidden) }];
  });
}

/** Share of the questions with the hidden item among the first k. */
export function hitRates(questions, lists) {
  const ranks = questions.map(({ id, hidden }) => lists.get(id).indexOf(hidden));
  const rateAt = (k) => ranks.filter((rank) => rank >= 0 && rank < k).length / Math.max(1, ranks.length);
  return Object.fromEntries(CUTOFFS.map((k) => [`hr${k}`, Math.round(1e4 * rateAt(k)) / 1e4]));
}

/** A folder for one measurement: what is trained in it answers there. */
export function openTrial() {
  const folder = mkdtempSync(join(tmpdir(), 'masked-baskets-'));
  const [bundle, events, sessions] = ['bundle', 'events.csv', 'sessions.ndjson'].map((name) => join(folder, name));
  return {
    /** @returns `train`'s arguments */
    writeEvents(orders) {
      const lines = orders.flatMap(({ id, at, visitor, items }) =>
        items.map((item) => `${id},"${item}",purchase,${at},${visitor}`),
      );
      writeFileSync(events, `session_id,item_id,type,occurred_at,visitor_id\n${lines.join('\n')}\n`);
      return ['--events', events];
    },
    train(...args) {
      rmSync(bundle, { recursive: true, force: true });
      run('train', ...args, '--out', bundle, '--seed', '1');
    },
    measure(questions) {
      const lines = questions.map(({ id, at, shown }) => {
        return JSON.stringify({ id, events: shown.map((item) => ({ item_id: item, type: 'add_to_cart', occurred_at: at })) });
      });
      writeFileSync(sessions, lines.join('\n'));
      const answers = run('predict', '--bundle', bundle, '--sessions', sessions, '--k', '20', '--exclude', 'shown');
      const lists = new Map(
        answers
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
          .map(({ id, items }) => [id, items]),
      );
      return hitRates(questions, lists);
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function run(...args) {
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 };
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [join(root, 'dist/cli.js'), ...args], options);
  if (error || status !== 0) throw error ?? new Error(`${args.join(' ')}\n${stderr}`);
  return stdout;
}

/** Writes a result file of this folder and prints it. */
export function writeResult(name, result) {
  const text = `${JSON.stringify(result, null, 2)}\n`;
  writeFileSync(new URL(`results/${name}.json`, import.meta.url), text);
  console.log(text);
}
