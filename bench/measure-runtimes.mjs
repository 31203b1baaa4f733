// One event and the ranking of the whole catalogue, a whole sequence and a batch, for every contender; ratios of each run, and their spread.
import { contenders } from './contenders.mjs';
import { openPage } from './open-browser.mjs';
import { percentile, roundedFine, spreadOf, summariseFine } from './statistics.mjs';

const KINDS = ['event', 'full', 'batch'];
/** Answers that differ by more are not of the same model. The table of bytes moves the query to 8 bits: most of the best stay. */
const TOLERANCE = 1e-4;
const LEAST_SHARED = { 'onnxruntime-int8': 14 };

/**
 * @param {{ browser: import('@playwright/test').Browser, url: string, folder: string, runs: number, rounds: number, names?: readonly string[] }} plan
 */
export async function measureRuntimes({ browser, url, folder, runs, rounds, names }) {
  const asked = contenders().filter(({ name }) => !names || names.includes(name));
  const measured = [];
  for (let run = 0; run < runs; run++) {
    const context = await browser.newContext();
    const page = await openPage(context, url);
    measured.push(
      await page.evaluate(
        async (plan) => {
          const { interleave } = await import('/contenders/interleave.js');
          return interleave(plan);
        },
        { folder, contenders: asked, rounds, warmUp: Math.min(10, rounds), events: 3 },
      ),
    );
    await context.close();
    for (const [name, found] of Object.entries(measured[run].agreement)) assertAgreement(name, found);
  }
  const results = {};
  for (const { name } of asked) {
    const timesOf = (kind) => measured.flatMap(({ times }) => times[name][kind]);
    results[name] = {
      ...Object.fromEntries(KINDS.map((kind) => [`${kind}Ms`, summariseFine(timesOf(kind))])),
      timesAsSlowAsSimd: Object.fromEntries(KINDS.map((kind) => [kind, ratioOf(measured, name, kind)])),
      agreement: worstOf(measured.map(({ agreement }) => agreement[name])),
    };
  }
  return results;
}

/** Of each run's medians. */
function ratioOf(measured, name, kind) {
  const ratios = measured.map(({ times }) => percentile(times[name][kind], 0.5) / percentile(times.simd[kind], 0.5));
  return spreadOf(ratios);
}

function assertAgreement(name, { leastShared, vectorOff, affinityOff }) {
  const isSame = leastShared >= (LEAST_SHARED[name] ?? 19) && vectorOff <= TOLERANCE && affinityOff <= TOLERANCE;
  if (!isSame) throw new Error(`${name} answers otherwise: ${JSON.stringify({ leastShared, vectorOff, affinityOff })}`);
}

const worstOf = (list) => ({
  leastShared: Math.min(...list.map(({ leastShared }) => leastShared)),
  vectorOff: roundedFine(Math.max(...list.map(({ vectorOff }) => vectorOff)), 1e9),
  affinityOff: roundedFine(Math.max(...list.map(({ affinityOff }) => affinityOff)), 1e9),
});
