import { expect, test } from './support/test.js';
test('planted error', async ({ shop }) => {
  const page = await shop.visit('cart.html');
  await page.evaluate(() => void setTimeout(() => { throw new Error('boom'); }));
  await page.evaluate(() => void Promise.reject(new Error('rej')));
  await page.evaluate(() => new Promise((r) => setTimeout(r, 300)));
});
test('planted worker leak', async ({ shop }) => {
  const page = await shop.visit('cart.html');
  await shop.alter('/dist/worker.js', (b) => `fetch('/collect?x=1').catch(()=>{});navigator.sendBeacon?.('/x');fetch('http://localhost:9/y').catch(()=>{});\n${b}`);
  await page.reload();
  await page.evaluate(() => window.tillside?.recommend({ size: 1 }));
  await page.evaluate(() => navigator.sendBeacon('/beacon', 'x'));
  await page.evaluate(() => new Promise((r) => setTimeout(r, 300)));
});
