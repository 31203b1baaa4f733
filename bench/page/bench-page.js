// What the benchmarks ask of the page, in `window.bench`. A shopper who never stops: adds one item, drops the oldest of eight.
import { createTillside } from '/dist/index.js';

const CART_LINES = 8;
const frame = () => new Promise((settle) => requestAnimationFrame(settle));
const pause = (pauseMs) => new Promise((settle) => setTimeout(settle, pauseMs));
let tillside;
let folder = '/models';
let items = [];
let next = 0;
const cart = [];
let lastSlate;
let echo;
let turn = 0;

async function readItems() {
  const { files } = await (await fetch(`${folder}/manifest.json`)).json();
  const { path } = files.find(({ role }) => role === 'vocabulary');
  items = (await (await fetch(`${folder}/${path}`)).json()).items;
}

/** A long stride through the catalogue, so that no two carts are alike. */
const itemAt = (step) => items[(step * 37) % items.length];

function start(options) {
  tillside = createTillside({ bundle: `${folder}/manifest.json`, ...options });
  tillside.consent('granted');
}

/** From `new Worker` until a slate of the model is there; what earlier stages answer meanwhile is noted. */
async function firstSlate(options, itemId) {
  start(options);
  tillside.track({ type: 'add_to_cart', itemId });
  let first;
  for (;;) {
    // A device may be too slow to answer in time; it is asked again, and the time counts.
    const slate = await tillside
      .recommend({ size: 4 })
      .catch(({ code }) => (code === 'worker-timeout' ? undefined : Promise.reject(new Error(code))));
    first ??= slate && { strategy: slate.strategy, ms: performance.now() - mainThread.workerStartedAt };
    if (slate?.strategy === 'model') break;
    await frame();
  }
  const { engine } = await tillside.status();
  return {
    first,
    modelMs: performance.now() - mainThread.workerStartedAt,
    source: engine.bundle.source,
    runtime: engine.runtime,
  };
}

/** @param folder where the bundle lies */
async function prepare({ folder: home = folder, ...options }) {
  folder = home;
  await readItems();
  return firstSlate(options, itemAt(next++));
}

/** One event and the slate after it. Every second item comes from the last slate, so that a slate that does not know of it shows. */
async function addAndRecommend() {
  const suggested = ++turn % 2 === 0 ? lastSlate?.items[0]?.item.itemId : undefined;
  const itemId = suggested ?? itemAt(next++);
  const startedAt = performance.now();
  tillside.track({ type: 'add_to_cart', itemId });
  const slate = await tillside.recommend({ size: 4 });
  const ms = performance.now() - startedAt;
  if (slate.strategy !== 'model' || slate.items.length !== 4) throw new Error(`${slate.items.length} items by ${slate.strategy}`);
  const isStale = slate.items.some(({ item }) => item.itemId === itemId);
  lastSlate = slate;
  cart.push(itemId);
  if (cart.length > CART_LINES) tillside.track({ type: 'remove_from_cart', itemId: cart.shift() });
  return { ms, engineMs: slate.latencyMs, isStale };
}

/** An empty message to a worker that does nothing, and its answer: what no event can be faster than, on this machine at this moment. */
function roundTrip() {
  const startedAt = performance.now();
  return new Promise((settle) => {
    echo ??= new Worker('/echo-worker.js');
    echo.onmessage = () => settle(performance.now() - startedAt);
    echo.postMessage(0);
  });
}

/**
 * @returns the time of each run, from the call to the slate, and of an empty round trip midway between two; `pauseMs` 0 is a storm, without
 * round trips: the next event a frame later
 */
async function run(runs, pauseMs) {
  const times = { page: [], engine: [], floor: [], stale: 0, unanswered: 0 };
  for (let i = 0; i < runs; i++) {
    const answer = await addAndRecommend().catch(({ code }) =>
      code === 'worker-timeout' ? undefined : Promise.reject(new Error(code)),
    );
    if (answer) {
      times.page.push(answer.ms);
      times.engine.push(answer.engineMs);
      times.stale += Number(answer.isStale);
    } else times.unanswered++;
    if (pauseMs > 0) {
      await pause(pauseMs / 2);
      times.floor.push(await roundTrip());
      await pause(pauseMs / 2);
    } else await frame();
  }
  return times;
}

/** Event after event as fast as slates come, without a frame between them. */
async function runAtOnce(runs) {
  const startedAt = performance.now();
  for (let i = 0; i < runs; i++) await addAndRecommend();
  return { meanMs: (performance.now() - startedAt) / runs };
}

globalThis.bench = { prepare, firstSlate, run, runAtOnce };
