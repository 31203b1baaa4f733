import { chromium } from '@playwright/test';
import { findChromium } from '../scripts/find-browsers.mjs';
import { startServer } from './support/server.mjs';
const server = await startServer(0);
const found = findChromium();
const browser = await chromium.launch({ ...(found.executablePath ? { executablePath: found.executablePath } : {}), ...(found.channel ? { channel: found.channel } : {}) });
const only = process.argv[2];
const img = (i) => `data:image/svg+xml,`;
const html = (lang, dark) => `<!doctype html><html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}" style="color-scheme:${dark ? 'dark' : 'light'}"><meta charset=utf-8><meta name=viewport content="width=device-width">
<style>body{margin:0;padding:16px;font:16px/1.5 system-ui,sans-serif;background:${dark ? '#14161a' : '#fff'};color:${dark ? '#e8e8ea' : '#1c1e21'}}footer{margin-top:24px;border-top:1px solid #8884}</style>
<h1>Your cart</h1><tillside-suggestions placement="cart"></tillside-suggestions><footer>Footer</footer>
<script type=module>
const ar = '${lang}' === 'ar';
const T = ar ? ['كوب خزفي أزرق','حامل شموع على شكل قلب أبيض معلق','صندوق غداء','JUMBO BAG RED RETROSPOT','مصباح صغير','شريط'] : ['Blue ceramic mug','WHITE HANGING HEART T-LIGHT HOLDER with a very long second line of title that goes on','Lunch box','JUMBO BAG RED RETROSPOT','Donaudampfschifffahrtsgesellschaft candle','Ribbon'];
const P = [12.5, 1234.5, 3, 2.08, 4.25, 0.85];
const R = [{code:'often-bought-with',title:T[3]},{code:'popular-in-category',category:ar?'الديكور':'Home decoration'},{code:'because-you-bought',title:T[1]},{code:'bought-before'},{code:'popular'},{code:'popular'}];
const gone = new Set(); const L = { change: new Set(), consent: new Set() };
const emit = (t) => L[t].forEach((f) => f());
const all = T.map((title, i) => ({ item: { itemId: 'i'+i, title, price: P[i], currency: '${lang === 'de' ? 'EUR' : 'GBP'}', url: '/p/'+i, imageUrl: i === 2 ? '/nope.png' : i === 4 ? undefined : '/shot-img/'+i+'.svg' }, score: 1/(i+1), reason: R[i], contributions: [{signal:'cart',contribution:1.2},{signal:'popularity',contribution:.5},{signal:'session',contribution:.31},{signal:'price',contribution:-.12}] }));
const tillside = { version:'x', locale:'${lang}', strings: undefined, consentState:'granted', onError: (c,m) => console.log('ERR', c, m), on: (t,f) => { (L[t] ??= new Set()).add(f); return () => L[t].delete(f); }, observe: () => () => {}, track: (e) => { if (e.type === 'dismiss') { gone.add(e.itemId); emit('change'); } },
 recommend: async ({size}) => { await window.gate; return { slateId:'s', strategy:'model', seq:0, latencyMs:0, items: all.filter((x) => !gone.has(x.item.itemId)).slice(0,size).map((x,i) => ({...x, position:i+1})) }; },
 add: async (itemId) => { gone.add(itemId); emit('change'); return { itemId, quantity:1, canRemove:true }; }, remove: async (itemId) => { gone.delete(itemId); emit('change'); } };
window.tillside = tillside;
if (location.hash === '#slow') window.gate = new Promise(() => {});
const host = document.querySelector('tillside-suggestions'); host.tillside = tillside; if (location.hash === '#drawer') host.placement = 'drawer';
await import('/dist/element.js');
</script></html>`;
const page = await browser.newPage();
page.on('console', (m) => console.log(m.text())); page.on('pageerror', (e) => console.log('PAGEERR', e.message));
await page.route('**/shot-img/*', (route) => { const n = Number(route.request().url().match(/(\d)\.svg/)[1]); const c = ['#7aa5d2','#e9d8c4','#c66','#c0392b','#555','#8a6'][n]; return route.fulfill({ contentType: 'image/svg+xml', body: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><rect width="200" height="200" fill="${c}33"/><circle cx="100" cy="110" r="56" fill="${c}"/><rect x="70" y="30" width="60" height="50" rx="12" fill="${c}aa"/></svg>` }); });
let current; await page.route('**/shot.html', (route) => route.fulfill({ contentType: 'text/html', body: current }));
const shots = [];
for (const lang of ['en', 'ar', 'de']) for (const dark of [false, true]) for (const width of [280, 375, 1280]) { if (lang === 'de' && (dark || width === 1280)) continue; shots.push({ lang, dark, width }); }
shots.push({ lang: 'en', dark: false, width: 375, hash: '#slow', name: 'skeleton' }, { lang: 'en', dark: true, width: 1280, hash: '#slow', name: 'skeleton' }, { lang: 'en', dark: false, width: 400, hash: '#drawer', name: 'drawer' }, { lang: 'en', dark: false, width: 1280, name: 'why', act: 'why' }, { lang: 'en', dark: true, width: 375, name: 'why', act: 'why' }, { lang: 'en', dark: false, width: 375, name: 'undo', act: 'add' }, { lang: 'en', dark: true, width: 1280, name: 'undo', act: 'add' }, { lang: 'ar', dark: false, width: 375, name: 'why', act: 'why' });
for (const { lang, dark, width, hash = '', name = '', act } of shots) {
  const file = `${[name, lang, dark ? 'dark' : 'light', width].filter(Boolean).join('-')}`;
  if (only && !file.match(only)) continue;
  current = html(lang, dark);
  await page.setViewportSize({ width, height: 700 });
  await page.goto('about:blank'); await page.goto(`${server.url}/shot.html${hash}`);
  if (!hash || hash === '#drawer') await page.waitForFunction(() => document.querySelector('tillside-suggestions').shadowRoot?.querySelector('[part=dismiss]'));
  await page.waitForTimeout(500);
  if (act) { await page.locator(`[part=${act}]`).first().click(); await page.waitForTimeout(300); }
  await page.screenshot({ path: `/tmp/prep/shots/${file}.png`, fullPage: true });
}
await browser.close(); await server.close();
