// In: all that was measured. Out: one page of bars, plots and tables, which loads nothing.
import { LABELS } from '../contenders.mjs';
import { gatesOf } from '../gates.mjs';
import { barPlot, linePlot } from './plots.mjs';
import { tablesOf } from './tables.mjs';

const TITLES = {
  runtimes: 'Runtimes, on the same weights and inputs',
  starts: 'From new Worker to the first answer',
  bytes: 'Bytes on the wire',
  loop: 'From an event to the slate on the page',
  cold: 'From new Worker to the first slate',
  'strict-policy': 'Where no WebAssembly may run',
  memory: 'Memory',
  'main-thread': "On the shop's own thread",
  'slow-device': 'A slow device',
  scale: 'More items',
};
/** Colours of Okabe and Ito, which most eyes can tell apart. */
const COLOURS = {
  simd: '#0072b2',
  js: '#56b4e9',
  tfjs: '#999999',
  'tfjs-union': '#e69f00',
  'tfjs-wasm': '#d55e00',
  onnxruntime: '#009e73',
  'onnxruntime-int8': '#66c2a5',
  litert: '#cc79a7',
};
const STYLE = `
:root{color-scheme:light dark;--ink:#1b1b1f;--soft:#5b5b66;--line:#d8d8de;--back:#fff;--good:#0b6e4f;--bad:#b3261e}
@media (prefers-color-scheme:dark){:root{--ink:#ececf1;--soft:#a9a9b5;--line:#3a3a44;--back:#16161a;--good:#5fd3a8;--bad:#ff8a80}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--back);margin:0 auto;max-width:1080px;padding:24px 16px}
h1{font-size:1.6rem;margin:0}h2{font-size:1.2rem;margin:2.2rem 0 .4rem}h3{font-size:.95rem;margin:1.2rem 0 .3rem}
p{color:var(--soft);margin:.3rem 0}.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.85rem;font-variant-numeric:tabular-nums}
th,td{padding:3px 10px 3px 0;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
th:first-child,td:first-child{text-align:left}th{font-weight:600;color:var(--soft)}
.pass{color:var(--good)}.fail{color:var(--bad);font-weight:700}
svg{max-width:100%;height:auto;display:block}svg text{fill:var(--ink);font:12px system-ui,sans-serif}svg .soft{fill:var(--soft)}svg .axis{stroke:var(--line)}
`;

/** @param {Record<string, { measuredAt: string, machine: string, browser: string, loadBefore: number, results: object }>} all by section */
export function reportPage(all) {
  const results = Object.fromEntries(Object.entries(all).map(([name, { results: found }]) => [name, found]));
  const sections = Object.keys(TITLES).filter((name) => all[name]);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>tillside, measured</title><link rel="icon" href="data:,"><style>${STYLE}</style></head><body>
<h1>tillside, measured</h1>
<p>Written by <code>npm run bench</code>. Each contender runs in a worker of its own, all on one page, in an order drawn anew every round; their answers are compared. Ratios are of the medians of one run; in brackets the least and the most of the runs.</p>
<h2>Bars</h2>${tableOf({
    head: ['', 'seen', 'bar', ''],
    rows: gatesOf(results).map(({ what, seen, limit, passed }) => [what, seen, limit, passed ? 'PASS' : 'FAIL']),
  })}
${sections.map((name) => sectionOf(name, all[name])).join('\n')}
</body></html>
`;
}

function sectionOf(name, { measuredAt, machine, browser, loadBefore, results }) {
  const tables = tablesOf(name, results).map((table) => `<h3>${escaped(table.title)}</h3>${tableOf(table)}`);
  return `<h2>${escaped(TITLES[name])}</h2><p>${escaped(`${measuredAt.slice(0, 16).replace('T', ' ')} · ${machine} · ${browser} · load before ${loadBefore}`)}</p>
${PLOTS[name]?.(results) ?? ''}${tables.join('')}`;
}

const PLOTS = {
  runtimes: ({ shop, browsing }) =>
    ['shop', 'browsing']
      .map((kind) => [kind, { shop, browsing }[kind]])
      .filter(([, sizes]) => Object.keys(sizes).length > 1)
      .map(([kind, sizes]) => {
        const names = Object.keys(Object.values(sizes)[0]);
        const lines = names.map((name) => ({
          label: LABELS[name],
          colour: COLOURS[name],
          points: Object.entries(sizes).map(([size, runtimes]) => [Number(size), runtimes[name].eventMs.median]),
        }));
        const whose = kind === 'shop' ? "the gift shop's model" : 'a model of browsing';
        return linePlot({ title: `One event + rank, ${whose}: median ms by items`, lines });
      })
      .join(''),
  starts: (runtimes) =>
    barPlot({
      title: 'First visit, median ms',
      bars: bars(runtimes, ({ firstMs }) => firstMs.median),
    }),
  bytes: (groups) =>
    barPlot({
      title: 'gz, KB',
      bars: bars(groups, ({ gz }) => Math.round(gz / 100) / 10),
    }),
  scale: (sizes) =>
    linePlot({
      title: 'One event + rank: median ms by items',
      lines: ['simd', 'js'].map((name) => ({
        label: LABELS[name],
        colour: COLOURS[name],
        points: Object.entries(sizes).map(([size, { eventAndRankMs }]) => [Number(size), eventAndRankMs[name].median]),
      })),
    }),
};

const bars = (groups, figureOf) =>
  Object.entries(groups).map(([name, group]) => ({
    label: LABELS[name] ?? name,
    colour: COLOURS[name] ?? COLOURS.simd,
    value: figureOf(group),
  }));

function tableOf({ head, rows }) {
  const verdict = (text) => (text === 'PASS' ? ' class="pass"' : text === 'FAIL' ? ' class="fail"' : '');
  const line = (cells, tag) => `<tr>${cells.map((cell) => `<${tag}${verdict(cell)}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return `<div class="scroll"><table><thead>${line(head, 'th')}</thead><tbody>${rows.map((row) => line(row, 'td')).join('')}</tbody></table></div>`;
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
