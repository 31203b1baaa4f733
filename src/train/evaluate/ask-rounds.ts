// In: methods and a protocol. Out: every method's answers to the same questions, for each mask and each memory of a device. Runs in Node.
import type { EventLog, SessionRange } from '../event-log.js';
import type { ProgressReporter } from '../progress.js';
import { type Answers, answer } from './evaluate.js';
import { makeQueries } from './make-queries.js';
import type { Protocol, Query } from './query.js';
import type { Recommender } from './recommender.js';
import { describe, type Round, type Setting } from './tabulate.js';

export interface Asking {
  readonly log: EventLog;
  readonly test: SessionRange;
  /** the model first */
  readonly methods: readonly Recommender[];
  readonly seeds: readonly number[];
  /** days of own purchases that devices remember, ascending; 0 = anonymous */
  readonly histories: readonly number[];
  readonly maxQueries?: number;
  isKnown(itemId: string): boolean;
  readonly progress: ProgressReporter;
}

/** The rounds of one setting: one a seed and, where there are several seeds, all of them pooled at the end. */
export interface SettingRounds {
  readonly setting: Setting;
  readonly rounds: readonly Round[];
}

/** Asks a protocol's questions, once for every number of days in `histories`. */
export function askRounds(asking: Asking, protocol: Protocol): SettingRounds[] {
  const bySeed = seedsOf(asking, protocol).map((seed) => {
    const rounds: Round[] = [];
    for (const historyDays of asking.histories) rounds.push(askRound(asking, { protocol, historyDays, seed, asked: rounds }));
    return rounds;
  });
  return asking.histories.map((historyDays, h) => {
    const rounds = bySeed.map((ofSeed) => ofSeed[h] as Round);
    return { setting: { protocol, historyDays }, rounds: rounds.length > 1 ? [...rounds, pool(rounds)] : rounds };
  });
}

/** Only the masks of baskets depend on the seed; the other protocols ask the same whatever it is. */
function seedsOf({ seeds }: Asking, protocol: Protocol): readonly number[] {
  return protocol === 'masked-basket' || protocol === 'cart-page' ? seeds : seeds.slice(0, 1);
}

interface Asked extends Setting {
  readonly seed: number;
  /** rounds with the same questions where devices remember less */
  readonly asked: readonly Round[];
}

function askRound(asking: Asking, { asked, seed, ...setting }: Asked): Round {
  const { log, test, methods, isKnown, maxQueries, progress } = asking;
  const options = { ...setting, seed, isKnown, ...(maxQueries !== undefined && { maxQueries }) };
  const queries = makeQueries(log, test, options);
  progress.stage(`${describe(setting)}, seed ${seed}`, queries.length * methods.length);
  const answers = methods.map((method, m) => {
    const known = asked.map((round) => ({ queries: round.queries, answers: round.answers[m] as Answers }));
    const tick = (done: number) => progress.tick(m * queries.length + done, method.name);
    return answerAgain(method, queries, { known, tick });
  });
  progress.done();
  return { seeds: [seed], queries, answers };
}

interface Known {
  readonly queries: readonly Query[];
  readonly answers: Answers;
}

/** Asks a method only what differs from a question that it has answered: a shopper without earlier purchases is the same at any memory. */
function answerAgain(
  method: Recommender,
  queries: readonly Query[],
  { known, tick }: { readonly known: readonly Known[]; readonly tick: (done: number) => void },
): Answers {
  // a longer memory holds all of a shorter one: as many purchases are the same purchases
  const sources = queries.map((query, i) =>
    known.find((each) => !method.usesHistory || each.queries[i]?.history.length === query.history.length),
  );
  const open = [...queries.keys()].filter((i) => sources[i] === undefined);
  const asked = answer(
    method,
    open.map((i) => queries[i] as Query),
    tick,
  );
  const places = new Map(open.map((i, place) => [i, place]));
  const from = <T>(read: (answers: Answers, place: number) => T) =>
    queries.map((_, i) => read(sources[i]?.answers ?? asked, places.get(i) ?? i));
  return {
    name: method.name,
    ranks: Float64Array.from(from(({ ranks }, place) => ranks[place] as number)),
    lists: from(({ lists }, place) => lists[place] as readonly string[]),
    topScores: Float64Array.from(from(({ topScores }, place) => topScores[place] as number)),
  };
}

/** The rounds of several masks as one. */
function pool(rounds: readonly Round[]): Round {
  const answers = rounds[0]?.answers.map(({ name }, m): Answers => {
    const parts = rounds.map((round) => round.answers[m] as Answers);
    return {
      name,
      ranks: Float64Array.from(parts.flatMap(({ ranks }) => [...ranks])),
      lists: parts.flatMap(({ lists }) => lists),
      topScores: Float64Array.from(parts.flatMap(({ topScores }) => [...topScores])),
    };
  });
  return {
    seeds: rounds.flatMap(({ seeds }) => seeds),
    queries: rounds.flatMap(({ queries }) => queries),
    answers: answers ?? [],
  };
}
