// One contender in a worker of its own. Classic, not a module: TF.js's and LiteRT's files come by importScripts.
let contender;
let tools;
let bundle;

const ANSWERS = {
  async create({ module, folder, ...options }) {
    tools = await import('/contenders/session.js');
    const { readBundle } = await import('/contenders/read-bundle.js');
    const { create } = await import(`/contenders/${module}.js`);
    bundle = await readBundle(folder);
    contender = await create({ bundle, folder, ...options });
  },
  first: () => contender.event(tools.sessionAt(0, bundle)),
  /** Some events in a row, then a whole sequence, then a batch: milliseconds of each, and what came out. */
  async turn({ round, events }) {
    const times = { event: [], full: [], batch: [] };
    let last;
    let best;
    for (let i = 0; i < events; i++) {
      last = tools.sessionAt(round * events + i, bundle);
      best = await timed(times.event, () => contender.event(last));
    }
    const asked = tools.sequenceAt(round, bundle);
    const vector = await timed(times.full, () => contender.full(asked));
    const features = tools.candidatesAt(round, bundle);
    const affinities = await timed(times.batch, () => contender.batch(features, tools.CANDIDATES));
    contender.resume?.(last);
    return { times, best, vector: Float32Array.from(vector), affinities: Float32Array.from(affinities) };
  },
};

async function timed(into, work) {
  const startedAt = performance.now();
  let answer = work();
  if (answer instanceof Promise) answer = await answer;
  into.push(performance.now() - startedAt);
  return answer;
}

self.onmessage = async ({ data: { ask, ...given } }) => {
  try {
    postMessage({ answer: await ANSWERS[ask](given) });
  } catch (error) {
    postMessage({ error: String(error?.stack ?? error) });
  }
};
