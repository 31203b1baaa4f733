// npm run bench: the loop in a real Chromium, on dist/ and the gift shop's bundle. Prints a table, writes bench/results/issue-2.json.
// `--quick`: a tenth of the runs, no gates and no file; whether the benchmarks still work.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform } from 'node:os';
import { gatesOf } from './gates.mjs';
import { measureCold } from './measure-cold.mjs';
import { measureLatency } from './measure-latency.mjs';
import { measureMemory } from './measure-memory.mjs';
import { openBrowser } from './open-browser.mjs';
import { startServer } from './serve.mjs';
import { rounded } from './statistics.mjs';

const isQuick = process.argv.includes('--quick');
const RUNS = isQuick ? { latency: 20, memory: 20, cold: 1 } : { latency: 200, memory: 1000, cold: 5 };

const manifest = JSON.parse(readFileSync(new URL('../examples/gift-shop/bundle/manifest.json', import.meta.url), 'utf8'));
/** Before ours: figures of a busy machine say little. */
const busyAtStart = loadavg()[0];
const [server, browser] = await Promise.all([startServer(), openBrowser()]);
try {
  const base = { browser, url: server.url };
  const say = (what) => console.error(`measuring ${what} …`);
  const latency = {};
  for (const [name, options] of Object.entries({
    simd: { runtime: 'simd' },
    js: { runtime: 'js' },
    cpu: { runtime: 'tfjs' },
    wasm: { runtime: 'tfjs', wasm: `${server.url}/dist/wasm/` },
  })) {
    say(`event → slate on ${name}`);
    latency[name] = await measureLatency({ ...base, runs: RUNS.latency, options });
  }
  say('memory');
  const memory = await measureMemory({ ...base, runs: RUNS.memory });
  say('cold starts');
  const cold = await measureCold({ ...base, runs: RUNS.cold, itemId: firstItem() });
  const results = {
    measuredAt: new Date().toISOString(),
    machine: `${platform()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model.trim()}`,
    loadAverageBefore: rounded(busyAtStart),
    browser: `Chromium ${browser.version()}`,
    bundle: { id: manifest.id, items: manifest.items.count },
    latency,
    memory,
    cold,
  };
  report(results);
} finally {
  await browser.close();
  await server.close();
}

function firstItem() {
  const { path } = manifest.files.find(({ role }) => role === 'vocabulary');
  return JSON.parse(readFileSync(new URL(`../examples/gift-shop/bundle/${path}`, import.meta.url), 'utf8')).items[0];
}

function report(results) {
  console.log(
    `\n${results.machine}, load ${results.loadAverageBefore}, ${results.browser}, ${results.bundle.items.toLocaleString('en')} items\n`,
  );
  const gates = gatesOf(results);
  for (const { what, seen, limit, passed } of gates) {
    const verdict = limit === undefined || isQuick ? '' : passed ? 'PASS' : 'FAIL';
    console.log(`${what.padEnd(62)}${seen.padStart(22)}   ${(limit ?? '').padEnd(10)} ${verdict}`.trimEnd());
  }
  if (isQuick) return;
  const folder = new URL('./results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL('issue-2.json', folder), `${JSON.stringify(results, null, 2)}\n`);
  if (gates.some(({ passed }) => passed === false)) process.exitCode = 1;
}
