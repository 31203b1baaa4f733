// What slates leave behind: tensors in the worker's TF.js, bytes in the page's and in the worker's heap.
import { fileURLToPath } from 'node:url';
import { readBundleModels } from './read-bundle-models.mjs';
import { measureHeaps, openPage } from './open-browser.mjs';
import { rounded } from './statistics.mjs';

const WARM_UP_RUNS = 60;
const MB = 1_000_000;
const models = readBundleModels();
/** One a weight. */
const OWN_TENSORS = models.session.weightSpecs.length + models.ranker.weightSpecs.length;

/** @param {{ browser: import('@playwright/test').Browser, url: string, runs: number }} plan */
export async function measureMemory({ browser, url, runs }) {
  const context = await browser.newContext();
  const page = await openPage(context, url);
  await page.evaluate(() => bench.prepare({ runtime: 'tfjs' }));
  await page.evaluate((count) => bench.run(count, 0), Math.min(WARM_UP_RUNS, runs));
  const [worker] = page.workers();
  // Heaps first: the probe below is a second pair of models.
  const before = await measureHeaps(page);
  const storm = await page.evaluate((count) => bench.run(count, 0), runs);
  const after = await measureHeaps(page);

  const count = await probeTensors(worker, `${url}/dist/tfjs.js`);
  const tensors = { before: await count() };
  if (tensors.before < 2 * OWN_TENSORS) throw new Error('The probe does not share the TF.js of the engine.');
  await page.evaluate((rounds) => bench.run(rounds, 0), runs);
  tensors.after = await count();
  await context.close();
  const total = ({ usedBytes, backingBytes }) => rounded((usedBytes + backingBytes) / MB);
  return {
    runs,
    staleSlates: storm.stale,
    tensors,
    pageHeapMb: { before: total(before.page), after: total(after.page), growth: rounded(total(after.page) - total(before.page)) },
    workerHeapMb: {
      before: total(before.worker),
      after: total(after.worker),
      objects: rounded(after.worker.usedBytes / MB),
      buffers: rounded(after.worker.backingBytes / MB),
    },
  };
}

/** The default engine, event after event, on a clock that runs fast. @param {{ browser: import('@playwright/test').Browser, url: string, events: number }} plan */
export async function measureHeapOverEvents({ browser, url, events }) {
  const context = await browser.newContext();
  await context.addInitScript({ path: fileURLToPath(new URL('./page/fast-clock.js', import.meta.url)) });
  const page = await openPage(context, url);
  await page.evaluate((workerUrl) => bench.prepare({ runtime: 'simd', workerUrl }), `${url}/fast-clock-worker.js`);
  // As many as the store keeps, so that it is as full as it gets.
  await page.evaluate((count) => bench.run(count, 0), events / 5);
  const before = await measureHeaps(page);
  const { unanswered } = await page.evaluate((count) => bench.run(count, 0), events);
  const after = await measureHeaps(page);
  await context.close();
  const total = ({ usedBytes, backingBytes }) => rounded((usedBytes + backingBytes) / MB);
  return {
    events,
    unanswered,
    pageHeapMb: { before: total(before.page), after: total(after.page) },
    workerHeapMb: { before: total(before.worker), after: total(after.worker) },
  };
}

/** Builds a second runtime on the worker's own TF.js, which counts the tensors of both. */
async function probeTensors(worker, tfjsUrl) {
  await worker.evaluate(
    async ({ given, moduleUrl }) => {
      const { createRuntime } = await import(moduleUrl);
      const toModel = ({ base64, ...rest }) => ({ ...rest, weightData: Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)) });
      self.probe = await createRuntime({ session: toModel(given.session), ranker: toModel(given.ranker) }, {});
    },
    { given: models, moduleUrl: tfjsUrl },
  );
  return () => worker.evaluate(() => self.probe.tensorCount());
}
