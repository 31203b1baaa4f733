// npm run bench: all that is claimed of speed and size, in a real browser, on dist/ and the gift shop's bundle, beside TF.js, onnxruntime-web and
// LiteRT.js. Prints tables, writes bench/results/*.json and results/bench.html.
// --only runtimes,loop: those sections · --quick: whether it still works, without installing anything or writing files ·
// --gate: the ratios alone, exit code 1 where one is broken · --browser firefox: what is not Chromium's alone
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform } from 'node:os';
import { parseArgs } from 'node:util';
import { arePeersInstalled, foldersOf } from './contenders.mjs';
import { gatesOf } from './gates.mjs';
import { openBrowser } from './open-browser.mjs';
import { installPeers } from './peers/install-peers.mjs';
import { reportPage } from './report/report-page.mjs';
import { gateLines, sectionLines } from './report/report-text.mjs';
import { FULL, plansOf, QUICK, SECTIONS } from './sections.mjs';
import { startServer } from './serve.mjs';
import { rounded } from './statistics.mjs';

const RESULTS = new URL('./results/', import.meta.url);
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    gate: { type: 'boolean', default: false },
    only: { type: 'string' },
    browser: { type: 'string', default: 'chromium' },
  },
});
const amounts = amountsOf();
if (values.quick ? !arePeersInstalled() : !installPeers())
  console.log('onnxruntime-web and LiteRT.js are not installed and not measured. Run: npm install --prefix bench');
const names = chosenSections();
// Before ours: figures of a busy machine say little.
const loadBefore = rounded(loadavg()[0]);
const folders = await foldersOf(plansOf(names, amounts));
const [server, browser] = await Promise.all([startServer(folders), openBrowser({ name: values.browser })]);
const about = {
  machine: `${platform()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model.trim()}`,
  browser: `${values.browser} ${browser.version()}`,
};
const measured = {};
try {
  console.log(`${about.machine}, load ${loadBefore}, ${about.browser}`);
  for (const name of names) {
    console.error(`measuring ${name} …`);
    const results = await SECTIONS[name].run({ browser, url: server.url, folders, amounts });
    measured[name] = { measuredAt: new Date().toISOString(), ...about, loadBefore, results };
    console.log(sectionLines(name, results).join('\n'));
    if (!values.quick && !values.gate) write(`${prefix()}${name}.json`, `${JSON.stringify(measured[name], null, 2)}\n`);
  }
} finally {
  await browser.close();
  await server.close();
}
const resultsOf = (all) => Object.fromEntries(Object.entries(all).map(([name, { results }]) => [name, results]));
if (!values.quick) {
  const gates = gatesOf(resultsOf(measured));
  console.log(gateLines(gates).join('\n'));
  if (values.gate && gates.some(({ passed }) => !passed)) process.exitCode = 1;
  if (!values.gate && values.browser === 'chromium') write('bench.html', reportPage(readAll()));
}

function amountsOf() {
  if (values.quick) return QUICK;
  return values.gate ? { ...FULL, shop: [10_000, 100_000], browsing: [] } : FULL;
}

function chosenSections() {
  if (values.gate) return ['runtimes'];
  const unknown = values.only?.split(',').find((name) => !Object.hasOwn(SECTIONS, name));
  if (unknown) throw new Error(`There is no section ${unknown}. There are: ${Object.keys(SECTIONS).join(', ')}.`);
  const asked = values.only?.split(',') ?? Object.keys(SECTIONS).filter((name) => !values.quick || !SECTIONS[name].isSlow);
  return asked.filter((name) => values.browser === 'chromium' || !SECTIONS[name].isChromium);
}

function prefix() {
  return values.browser === 'chromium' ? '' : `${values.browser}-`;
}

function write(file, text) {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(new URL(file, RESULTS), text);
}

/** Sections that were not measured now are drawn as they were measured last. */
function readAll() {
  const there = new Set(readdirSync(RESULTS));
  const files = Object.keys(SECTIONS).filter((name) => there.has(`${name}.json`));
  return Object.fromEntries(files.map((name) => [name, JSON.parse(readFileSync(new URL(`${name}.json`, RESULTS), 'utf8'))]));
}
