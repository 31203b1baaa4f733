// Every contender in a worker of its own, all on one page, in an order that is drawn anew every round; what they answer is compared.
import { shuffled } from '/bench/statistics.mjs';

/** @returns {Promise<{ times: Record<string, Record<string, number[]>>, agreement: Record<string, object> }>} the first contender is the measure of the others */
export async function interleave({ folder, contenders, rounds, warmUp, events }) {
  const workers = [];
  for (const { name, ...options } of contenders) {
    const worker = openWorker(name);
    await worker.ask({ ask: 'create', folder, ...options });
    workers.push(worker);
  }
  const times = Object.fromEntries(workers.map(({ name }) => [name, { event: [], full: [], batch: [] }]));
  const agreement = Object.fromEntries(workers.map(({ name }) => [name, { leastShared: 20, vectorOff: 0, affinityOff: 0 }]));
  for (let round = 0; round < warmUp + rounds; round++) {
    const answers = {};
    for (const { name, ask } of shuffled(workers)) {
      answers[name] = await ask({ ask: 'turn', round, events });
      if (round < warmUp) continue;
      for (const [what, taken] of Object.entries(answers[name].times)) times[name][what].push(...taken);
    }
    for (const { name } of workers) compare(answers[name], answers[workers[0].name], agreement[name]);
  }
  for (const { close } of workers) close();
  return { times, agreement };
}

export function openWorker(name) {
  const worker = new Worker('/contender-worker.js');
  return {
    name,
    ask: (question) =>
      new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => (data.error ? reject(new Error(`${name}: ${data.error}`)) : resolve(data.answer));
        worker.onerror = ({ message }) => reject(new Error(`${name}: ${message}`));
        worker.postMessage(question);
      }),
    close: () => worker.terminate(),
  };
}

function compare(answer, reference, found) {
  for (const by of ['session', 'mean']) {
    const shared = answer.best[by].filter((row) => reference.best[by].includes(row)).length;
    found.leastShared = Math.min(found.leastShared, shared);
  }
  const furthest = (a, b) =>
    a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), a.length === b.length ? 0 : Infinity);
  found.vectorOff = Math.max(found.vectorOff, furthest(answer.vector, reference.vector));
  found.affinityOff = Math.max(found.affinityOff, furthest(answer.affinities, reference.affinities));
}
