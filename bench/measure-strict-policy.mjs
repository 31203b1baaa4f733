// A shop whose policy allows no WebAssembly: what `auto` runs there, and how fast.
import { measureLatency } from './measure-latency.mjs';
import { openPage } from './open-browser.mjs';
import { startServer } from './serve.mjs';
import { percentile, spreadOf, summariseFine } from './statistics.mjs';

const POLICY =
  "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; img-src 'self' data:; style-src 'self'";

/** @param {{ browser: import('@playwright/test').Browser, folders: Map<string, Map<string, Uint8Array>>, folder: string, runs: number, rounds: number }} plan */
export async function measureStrictPolicy({ browser, folders, folder, runs, rounds }) {
  const server = await startServer(folders, { 'content-security-policy': POLICY });
  try {
    const alone = [];
    for (let run = 0; run < runs; run++) alone.push(await rankAlone({ browser, url: server.url, folder, rounds }));
    const loop = await measureLatency({ browser, url: server.url, runs: rounds, options: { runtime: 'auto', folder } });
    return {
      runtime: loop.runtime,
      eventAndRankMs: summariseFine(alone.flat()),
      eventAndRankP95OfRuns: spreadOf(alone.map((times) => percentile(times, 0.95))),
      eventToSlateMs: loop.pageMs,
      inEngineMs: loop.engineMs,
    };
  } finally {
    await server.close();
  }
}

async function rankAlone({ browser, url, folder, rounds }) {
  const context = await browser.newContext();
  const page = await openPage(context, url);
  const { times } = await page.evaluate(
    async (plan) => {
      const { interleave } = await import('/contenders/interleave.js');
      return interleave(plan);
    },
    { folder, contenders: [{ name: 'js', module: 'tillside', runtime: 'js' }], rounds, warmUp: 20, events: 3 },
  );
  await context.close();
  return times.js.event;
}
