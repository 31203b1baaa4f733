// What the script costs the shop's own thread: the gift shop's journey with tillside and with its script tag taken out, on a throttled
// processor. Tasks and their scripts come from Chromium's trace, INP and CLS from web-vitals where that is installed.
import { existsSync, readFileSync } from 'node:fs';
import { startServer } from '../e2e/support/server.mjs';
import { openBrowser } from './open-browser.mjs';
import { roundedFine, spreadOf } from './statistics.mjs';
import { tasksOf } from './read-trace.mjs';

const SCRIPT_TAG = /<script[^>]*src="\/dist\/auto\.js"[^>]*><\/script>/;
const VITALS = new URL('./node_modules/web-vitals/dist/web-vitals.iife.js', import.meta.url);
const PHONE = { width: 375, height: 667 };

/** @param {{ runs: number, rates: readonly number[] }} plan `rates`: how many times slower the page's thread is */
export async function measureMainThread({ runs, rates }) {
  const server = await startServer(0);
  // Chromium keeps pages for going back only where it is not told otherwise.
  const browser = await openBrowser({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  try {
    const results = { backForwardCache: await goBack(browser, server.url) };
    for (const rate of rates) {
      const journeys = { with: [], without: [] };
      for (let run = 0; run < runs; run++)
        for (const which of run % 2 === 0 ? ['with', 'without'] : ['without', 'with'])
          journeys[which].push(await takeJourney(browser, { url: server.url, rate, isWith: which === 'with' }));
      results[`${rate}x`] = describe(journeys);
    }
    return results;
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Home, consent, a product, into the cart, the cart page, three changes of a quantity. */
async function takeJourney(browser, { url, rate, isWith }) {
  const { context, page } = await openShop(browser, { isWith });
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const visits = [];
  const visit = async (act) => {
    await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', 'v8', 'disabled-by-default-v8.compile'] });
    const before = await busyMs(session);
    await act();
    // What a page does later than this, it does for somebody else.
    await page.waitForTimeout(400 * rate);
    const after = await busyMs(session);
    const vitals = await page.evaluate(() => globalThis.vitals ?? {});
    const trace = JSON.parse((await browser.stopTracing()).toString());
    visits.push({ busyMs: after < before ? after : after - before, vitals, tasks: tasksOf(trace, '/dist/') });
  };
  await visit(() => page.goto(`${url}/`));
  await visit(() => page.locator('[data-consent="granted"]').click());
  const product = await page.locator('a[href*="product"]').first().getAttribute('href');
  await visit(() => page.goto(new URL(product, `${url}/`).href));
  await visit(() => page.locator('[data-tillside-add]').first().click());
  await visit(() => page.goto(`${url}/cart.html`));
  if (isWith) await page.locator('tillside-suggestions li').first().waitFor({ timeout: 60_000 });
  await visit(async () => {
    for (let i = 0; i < 3; i++) await page.locator('[data-step="1"]').first().click();
  });
  await context.close();
  return visits;
}

async function openShop(browser, { isWith }) {
  const context = await browser.newContext({ viewport: PHONE });
  if (existsSync(VITALS)) {
    await context.addInitScript({ content: `${readFileSync(VITALS, 'utf8')}\n(${watchVitals})(webVitals);` });
  }
  if (!isWith) {
    await context.route(/(\/|\.html)(\?.*)?$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace(SCRIPT_TAG, '') });
    });
  }
  return { context, page: await context.newPage() };
}

/** In the page. */
function watchVitals(webVitals) {
  globalThis.vitals = {};
  for (const name of ['CLS', 'INP']) {
    const keep = ({ value }) => {
      globalThis.vitals[name] = value;
    };
    webVitals[`on${name}`](keep, { reportAllChanges: true, durationThreshold: 16 });
  }
}

async function busyMs(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
}

/** From the cart back to a product that suggestions were watched on. */
async function goBack(browser, url) {
  const { context, page } = await openShop(browser, { isWith: true });
  await page.addInitScript(() => addEventListener('pageshow', ({ persisted }) => (globalThis.isRestored = persisted)));
  await page.goto(`${url}/`);
  await page.locator('[data-consent="granted"]').click();
  const product = await page.locator('a[href*="product"]').first().getAttribute('href');
  await page.goto(new URL(product, `${url}/`).href);
  await page.locator('[data-tillside-add]').first().click();
  await page.waitForFunction(() => globalThis.tillside?.status().then(({ engine }) => engine?.runtime !== undefined));
  await page.goto(`${url}/cart.html`);
  await page.locator('tillside-suggestions li').first().waitFor();
  await page.evaluate(() => history.back());
  await page.waitForURL((to) => to.pathname.includes('product'), { waitUntil: 'commit' });
  await page.waitForFunction(() => globalThis.isRestored !== undefined);
  const found = await page.evaluate(() => ({
    isRestored: globalThis.isRestored,
    reasons: performance.getEntriesByType('navigation')[0]?.notRestoredReasons?.reasons?.map(({ reason }) => reason) ?? [],
  }));
  await context.close();
  return found;
}

function describe(journeys) {
  const summed = (visits, of) => visits.reduce((sum, visit) => sum + of(visit), 0);
  const each = (which, of) => journeys[which].map(of);
  const worst = (which, name) => each(which, (visits) => Math.max(0, ...visits.map(({ vitals }) => vitals[name] ?? 0)));
  const side = (which) => ({
    busyMs: spreadOf(each(which, (visits) => summed(visits, ({ busyMs }) => busyMs))),
    longTasks: spreadOf(each(which, (visits) => summed(visits, ({ tasks }) => tasks.long))),
    inpMs: spreadOf(worst(which, 'INP')),
    cls: roundedFine(Math.max(...worst(which, 'CLS'))),
  });
  return {
    with: side('with'),
    without: side('without'),
    ours: {
      sumMs: spreadOf(each('with', (visits) => summed(visits, ({ tasks }) => tasks.sumMs))),
      atLoadMs: spreadOf(each('with', ([home]) => home.tasks.sumMs)),
      longestTaskMs: spreadOf(each('with', (visits) => longestOf(visits).longestMs)),
      longestTasks: each('with', (visits) => longestOf(visits).longest),
    },
    hasVitals: existsSync(VITALS),
  };
}

const longestOf = (visits) => visits.map(({ tasks }) => tasks).toSorted((a, b) => b.longestMs - a.longestMs)[0];
