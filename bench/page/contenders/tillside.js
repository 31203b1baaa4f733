// tillside's three runtimes, as the worker of a shop uses them: one event is a step on the kept state and two scorings of the whole catalogue.
import { topRows } from '/build/core/model/top-rows.js';
import { TOP } from './session.js';

const MODULES = { simd: '/dist/runtime.js', js: '/dist/runtime.js', tfjs: '/dist/tfjs.js' };

/** The engine's own search. */
const bestOf = (scores) => topRows(scores, TOP, { floor: Number.NEGATIVE_INFINITY });

/** @param {'simd' | 'js' | 'tfjs'} runtime */
export async function create({ bundle, runtime }) {
  const { createRuntime } = await import(MODULES[runtime]);
  const model = await createRuntime(bundle.models, { runtime });
  if (!model.name.startsWith(runtime)) throw new Error(`${runtime} runs as ${model.name}`);
  let session;
  const score = model.createSessionScorer({
    index: { count: bundle.count },
    encoders: { encodeSteps: () => session, normalise: (values) => values },
    itemTable: bundle.itemTable,
    behaviour: undefined,
    encodeSession: model.encodeSession,
  });
  return {
    event(given) {
      session = given;
      const { lstm, mean } = score({});
      return { session: bestOf(lstm), mean: bestOf(mean) };
    },
    full: ({ rows, behaviour }) => model.encodeSession(rows, behaviour),
    batch: (features, count) => model.rankCandidates(features, count),
    /** What was kept of the session is the full sequence's now: it is told again, so that the next event is one step. */
    resume: ({ rows, behaviour }) => model.encodeSession(rows, behaviour),
  };
}
