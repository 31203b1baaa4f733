// node bench/measure-first-visit.mjs [--runs N] [--hints] [--encoding gzip|br]: a cart page on slow 4G, seen for the first time. From the
// navigation to the first slate and to the model's, with every byte before them: page, scripts, manifest, bundle. Writes bench/results/first-visit.json;
// with --hints the page preloads the scripts, and the file is first-visit-hints.json; with --encoding br the host has brotli too, and the
// file ends in -br.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openBrowser } from './open-browser.mjs';
import { SLOW_4G, startSlowServer } from './slow-network.mjs';
import { rounded, summarise } from './statistics.mjs';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    hints: { type: 'boolean', default: false },
    encoding: { type: 'string', default: 'gzip' },
  },
});
if (!['gzip', 'br'].includes(values.encoding)) throw new Error(`--encoding is "${values.encoding}", not gzip or br`);
const network = { ...SLOW_4G, encoding: values.encoding };
const options = `${values.hints ? ' --hints' : ''}${values.encoding === 'br' ? ' --encoding br' : ''}`;
const root = fileURLToPath(new URL('../', import.meta.url));
const bundle = 'examples/gift-shop/bundle/';
const manifest = JSON.parse(readFileSync(`${root}${bundle}manifest.json`, 'utf8'));
const vocabulary = manifest.files.find(({ role }) => role === 'vocabulary');
const cart = JSON.parse(readFileSync(`${root}${bundle}${vocabulary.path}`, 'utf8')).items.slice(0, 2);

/** What a page that knows of consent may say, so that scripts come beside each other; the widget's come while the worker waits for the bundle. */
const HINTS = ['worker', 'loop'].map((name) => `<link rel="modulepreload" href="/dist/${name}.js">`).join('\n');

const CART_PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Cart</title><link rel="icon" href="data:,">
${values.hints ? HINTS : ''}
<script async src="/dist/auto.js" data-bundle="/models/manifest.json" data-consent="granted"></script>
<script>
  document.addEventListener('load', (event) => {
    const host = event.target;
    if (host.localName !== 'tillside-suggestions' || !host.slate) return;
    (window.slates ??= []).push({ at: Date.now(), strategy: host.slate.strategy, items: host.slate.items.length });
  }, true);
</script>
<h1>Cart</h1><ul data-tillside-cart>${cart.map((id) => `<li data-tillside-item="${id}">1 × ${id}</li>`).join('')}</ul>
<tillside-suggestions></tillside-suggestions></html>`;

const pages = new Map([['/cart.html', Buffer.from(CART_PAGE)]]);
const folders = { '/dist/': 'dist/', '/models/': bundle };
const server = await startSlowServer((path) => {
  if (pages.has(path)) return pages.get(path);
  const [prefix, folder] = Object.entries(folders).find(([each]) => path.startsWith(each)) ?? [];
  const file = prefix && `${root}${folder}${path.slice(prefix.length)}`;
  return file && existsSync(file) ? readFileSync(file) : undefined;
}, network);
const browser = await openBrowser();
const visits = [];
try {
  for (let run = 0; run < Number(values.runs); run++) visits.push(await visit());
} finally {
  await browser.close();
  await server.close();
}
const results = {
  command: `node bench/measure-first-visit.mjs${options}`,
  measuredAt: new Date().toISOString(),
  loadAverage: rounded(loadavg()[0]),
  network,
  first: describe('first'),
  whole: describe('whole'),
  before: visits[0].before,
};
mkdirSync(new URL('results/', import.meta.url), { recursive: true });
writeFileSync(
  new URL(`results/first-visit${options.replaceAll(/ -*(encoding )?/g, '-')}.json`, import.meta.url),
  `${JSON.stringify(results, null, 2)}\n`,
);
console.log(JSON.stringify(results, null, 2));

/** One visitor: a fresh profile, a fresh connection. */
async function visit() {
  server.reset();
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error('page:', error.message));
  const startedAt = Date.now();
  await page.goto(`${server.url}/cart.html`, { waitUntil: 'commit' });
  await page.waitForFunction(() => globalThis.slates?.some(({ strategy }) => strategy === 'model'), undefined, {
    timeout: 30_000,
  });
  const slates = await page.evaluate(() => globalThis.slates);
  await context.close();
  const of = ({ at, ...slate }) => ({ ...slate, ms: at - startedAt, kilobytes: kilobytesUntil(at) });
  const [first] = slates;
  const before = {};
  for (const { path, at, bytes } of server.sent) if (at <= first.at) before[path] = (before[path] ?? 0) + bytes;
  return { first: of(first), whole: of(slates.find(({ strategy }) => strategy === 'model')), before };
}

function kilobytesUntil(time) {
  return server.sent.reduce((sum, { at, bytes }) => (at <= time ? sum + bytes : sum), 0) / 1000;
}

function describe(stage) {
  const of = (name) => summarise(visits.map((visited) => visited[stage][name]));
  return {
    ms: of('ms'),
    kilobytes: of('kilobytes'),
    strategies: [...new Set(visits.map((visited) => visited[stage].strategy))],
    items: visits[0][stage].items,
  };
}
