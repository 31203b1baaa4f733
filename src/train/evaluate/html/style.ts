/** The report's style sheet: light or dark as the reader's machine is, ink on paper in print. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1d2330;--soft:#5a6374;--paper:#fff;--card:#f4f5f8;--line:#d9dde5;--ours:#0b62c4;--own:#0b7d5c;--rival:#b4530a;--plain:#7b8494}
@media (prefers-color-scheme:dark){:root{--ink:#e8ebf1;--soft:#a7b0c0;--paper:#14171d;--card:#1e232c;--line:#363d4a;--ours:#6cb0ff;--own:#4fd0a5;--rival:#f0a25b;--plain:#8d97a8}}
@media print{:root{color-scheme:light;--ink:#000;--soft:#333;--paper:#fff;--card:#fff;--line:#bbb;--ours:#0b62c4;--own:#0b7d5c;--rival:#b4530a;--plain:#666}figure,.cart,tr{break-inside:avoid}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.25rem 1rem 3rem;max-width:72rem;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.75rem;line-height:1.2;margin:.5rem 0}
h2{font-size:1.25rem;margin:2.5rem 0 .5rem}
h3{font-size:1rem;margin:1.25rem 0 0}
p{max-width:44rem;margin:.5rem 0}
.soft,figcaption+svg text,li small{color:var(--soft)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:1rem;margin:1.25rem 0}
.fact{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:1rem}
.fact b{display:block;font-size:2rem;line-height:1.1;color:var(--ours)}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:1.5rem;align-items:start}
figure{margin:0;border:1px solid var(--line);border-radius:.5rem;padding:1rem;min-width:0}
figcaption{font-weight:600;margin-bottom:.75rem}
svg{display:block;width:100%;height:auto;font:12.5px system-ui,sans-serif}
svg text{fill:var(--soft)}svg .name{fill:var(--ink);paint-order:stroke;stroke:var(--paper);stroke-width:4px}
.grid{stroke:var(--line)}
polyline{fill:none;stroke-width:2.25;stroke-linejoin:round}
polyline.ours{stroke:var(--ours)}polyline.own{stroke:var(--own);stroke-dasharray:9 3}polyline.rival{stroke:var(--rival);stroke-dasharray:5 4}polyline.plain{stroke:var(--plain);stroke-dasharray:1.5 3.5}
rect.ours{fill:var(--ours)}rect.own{fill:var(--own)}rect.rival{fill:var(--rival)}rect.plain{fill:var(--plain)}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;margin:.75rem 0 0;padding:0;font-size:.875rem}
.legend li::before{content:"";display:inline-block;width:1.1em;height:.3em;margin-right:.4em;vertical-align:.2em;background:var(--plain)}
.legend .ours::before{background:var(--ours)}.legend .own::before{background:var(--own)}.legend .rival::before{background:var(--rival)}
.scroll{overflow-x:auto;margin:1rem 0}
table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums;white-space:nowrap}
th,td{padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--line);text-align:right}
th:first-child{text-align:left}thead th{color:var(--soft);font-weight:500}tbody th{font-weight:400}
summary{cursor:pointer;padding:.35rem 0;color:var(--soft)}details[open] summary{color:var(--ink)}
.carts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr));gap:1rem}
.cart{border:1px solid var(--line);border-radius:.5rem;padding:1rem;overflow-wrap:anywhere}
.cart h3{font-size:.8125rem;color:var(--soft);font-weight:500;margin:.75rem 0 .25rem}.cart h3:first-child{margin-top:0}
.cart ul,.cart ol{margin:0;padding-left:1.25rem}.cart small{display:block;line-height:1.3}
.hit{font-weight:600;color:var(--own)}
`;
