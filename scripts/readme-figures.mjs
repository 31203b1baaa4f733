// Writes README's two tables of figures: sizes from dist/, quality from the gift shop's bundle. `--check` exits 1 if they differ.
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** Compilers and zlib differ by a little from machine to machine. */
const SIZE_TOLERANCE = 0.02;
const MANIFEST = 'examples/gift-shop/bundle/manifest.json';
/** Files that a page may load and that have no budget, with when it does. */
const ON_DEMAND = [
  { name: 'TF.js (`tfjs.js`), in the worker, where a shop or its model asks for it', path: 'dist/tfjs.js' },
  { name: 'the engine on the page (`page-engine.js`), only where no worker runs', path: 'dist/page-engine.js' },
];

/** @typedef {{ name: string, path: string | string[], limit?: string }} Sized */
/** @typedef {{ over: string, k: number, mean: number, low: number, high: number }} Gain */
/**
 * @typedef {object} Table
 * @property {string} protocol
 * @property {string} slice
 * @property {number} historyDays
 * @property {number} queries
 * @property {Record<string, number[]>} methods one figure a column, the model first
 * @property {Gain[]} gains
 */
/** @typedef {{ columns: string[], items: number, split: { from: string, until: string }, tables: Table[] }} Metrics */

/** @param {string} file */
const read = (file) => readFileSync(file, 'utf8');
/** KB are 1,000 bytes, as size-limit counts them. @param {number} bytes */
const toKb = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
/** @param {(string | number)[]} cells */
const row = (...cells) => `| ${cells.join(' | ')} |`;

function sizes() {
  /** @type {Sized[]} */
  const budgeted = JSON.parse(read('.size-limit.json'));
  const rows = [...budgeted, ...ON_DEMAND].map((/** @type {Sized} */ { name, path, limit }) => {
    const bytes = [path].flat().reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
    return row(name, toKb(bytes), limit ?? '');
  });
  return [row('file', 'gzipped', 'budget'), '|---|--:|--:|', ...rows].join('\n');
}

function quality() {
  /** @type {Metrics} */
  const { columns, items, split, tables } = JSON.parse(read(MANIFEST)).metrics;
  const [anonymous, known] = [0, 1].map((withHistory) =>
    tables.find((t) => t.protocol === 'masked-basket' && t.slice === 'all' && Number(t.historyDays > 0) === withHistory),
  );
  if (!columns || !anonymous) throw new Error(`${MANIFEST} holds no figures of the masked basket. Run: npm run train:gift-shop`);
  const lines = Object.entries(anonymous.methods).map(([method, figures]) => row(method, ...figures.map(toFigure)));
  const own = known?.methods['tillside'];
  if (own) lines.unshift(row('tillside, the shopper known to the device', ...own.map(toFigure)));
  const gain = anonymous.gains.find(({ over, k }) => over.startsWith('cosine') && k === 10);
  const day = (/** @type {string} */ time) => time.slice(0, 10);
  return [
    row('method', ...columns),
    `|---|${columns.map(() => '--:|').join('')}`,
    ...lines,
    '',
    `${anonymous.queries.toLocaleString('en')} baskets of ${day(split.from)} to ${day(split.until)}, ${items.toLocaleString('en')} items ranked.`,
    ...(gain
      ? [`HR@10 over ${gain.over}: ${signed(gain.mean)}, paired 95 % interval ${signed(gain.low)} to ${signed(gain.high)}.`]
      : []),
  ].join('\n');
}

const toFigure = (/** @type {number} */ value) => value.toFixed(3);
const signed = (/** @type {number} */ value) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;

/**
 * Whether two tables say the same: equal words, and numbers as near as `tolerance`, a share.
 *
 * @param {string} written
 * @param {string} measured
 * @param {number} tolerance
 */
function agree(written, measured, tolerance) {
  const NUMBER = /(\d+\.\d+)/;
  const left = written.trim().split(NUMBER);
  const right = measured.trim().split(NUMBER);
  if (left.length !== right.length) return false;
  return left.every((part, i) => {
    const other = right[i] ?? '';
    return part === other || (i % 2 === 1 && Math.abs(Number(part) - Number(other)) <= tolerance * Number(other));
  });
}

/** @type {{ marker: string, measured: string, tolerance: number }[]} */
const blocks = [
  { marker: 'sizes', measured: sizes(), tolerance: SIZE_TOLERANCE },
  { marker: 'quality', measured: quality(), tolerance: 0 },
];
const isCheck = process.argv.includes('--check');
let readme = read('README.md');
for (const { marker, measured, tolerance } of blocks) {
  const [open, close] = [`<!-- figures:${marker} -->\n`, `<!-- /figures:${marker} -->`];
  const [before, rest] = readme.split(open);
  const [written, after] = rest?.split(close) ?? [];
  if (before === undefined || written === undefined || after === undefined)
    throw new Error(`README.md has no ${open.trim()} … ${close}`);
  if (isCheck && !agree(written, measured, tolerance)) {
    console.error(`README's ${marker} are out of date; run: node scripts/readme-figures.mjs\n\n${measured}`);
    process.exitCode = 1;
  }
  readme = `${before}${open}${measured}\n${close}${after}`;
}
if (!isCheck) writeFileSync('README.md', readme);
