// In: a range of sessions and what the items are. Out: how far content may speak in this shop, measured by making known items cold. Node, main thread.
import type { NeighbourTable } from '../../core/model/neighbour-table.js';
import { createTwoHop, SECOND_HOP } from '../../core/model/two-hop.js';
import type { EventLog } from '../event-log.js';
import { type ContentFold, foldContent } from './content-neighbours.js';
import { isClearGain } from './clear-gain.js';
import type { ItemSessions } from './item-sessions.js';
import { buildNeighbours, type WeighNeighbours } from './neighbour-builder.js';
import { createRandom, type Random } from './random.js';
import { createSupportCheck, visitorsOfRows } from './support.js';

/** What a strength did to sessions that the fit had not seen. */
export interface StrengthFigures {
  /** absent: content left out */
  readonly strength?: number;
  /** HR@20 of hidden items that were made cold: all their events kept from the fit */
  readonly cold: number;
  /** HR@20 of hidden items that were not */
  readonly warm: number;
  /** HR@4 of the same: whether new items push what goes with a cart off its slate */
  readonly warmOnSlate: number;
}

export interface StrengthChoice {
  /** absent where content does more harm than good */
  readonly strength?: number;
  /** questions about items made cold; too few choose nothing, and the least strength is taken */
  readonly questions: number;
  readonly tried: readonly StrengthFigures[];
}

export interface StrengthTrial extends Omit<ContentFold, 'strength' | 'sessions'> {
  readonly kind: EventLog['kind'];
  readonly count: number;
  readonly seed: number;
  /** how the bundle's co-purchases are weighed; its nearest items by vectors are not refitted here */
  readonly weighOf: WeighOf;
}

/** Fits the co-purchase weights of some sessions. @param counts `[count + 1]` sessions of each row @param popularity the same, newer ones counting more */
export type WeighOf = (sessions: ItemSessions, known: { counts: Uint32Array; popularity: Float64Array }) => WeighNeighbours;

/** The last fifth of the sessions asks, the rest teaches, as everywhere. */
const TEACHING_SHARE = 0.8;
/** Every tenth known item is made cold. */
const HELD_SHARE = 0.1;
/** Beyond what Online Retail's validation bore, a shop's warm items pay for its cold ones. */
const STRENGTHS = [0.1, 0.25, 0.5] as const;
/** Where nothing can be measured: a catalogue may be full of what nobody buys. With 100 to 300 orders of Online Retail it finds no less than 0.5. */
const UNMEASURED = 0.1;
const LEAST_QUESTIONS = 100;
const MOST_QUESTIONS = 2000;
const PLACES = 20;
const SLATE = 4;

interface Question {
  readonly shown: readonly number[];
  readonly hidden: number;
}

/**
 * Chooses the strength of content by holding a tenth of the known items out of a fit: the one with which most of them are found again, among
 * those with which known items are found no less often than without, and on a slate not clearly less often.
 */
export function chooseContentStrength(sessions: ItemSessions, trial: StrengthTrial): StrengthChoice {
  const random = createRandom(trial.seed, 'content');
  const teaching = Math.floor(sessions.count * TEACHING_SHARE);
  const held = drawHeld(sessions, teaching, random);
  const questions = askAbout(sessions, { from: teaching, held, random });
  if (questions.cold.length < LEAST_QUESTIONS) return { strength: UNMEASURED, questions: questions.cold.length, tried: [] };
  const taught = without(sessions, teaching, held);
  const known = countSessions(taught, trial.count);
  const isSupported = createSupportCheck(visitorsOfRows(taught, trial.count), trial.minSupport);
  const table = buildNeighbours({ ...trial, isSupported }, trial.weighOf(taught, known));
  const measure = (folded: NeighbourTable): StrengthFigures => {
    const [cold, warm] = [ranksIn(folded, questions.cold, trial.kind), ranksIn(folded, questions.warm, trial.kind)];
    return { cold: hitRate(cold, PLACES), warm: hitRate(warm, PLACES), warmOnSlate: hitRate(warm, SLATE) };
  };
  const none = measure(table);
  const tried = STRENGTHS.map((strength): StrengthFigures => {
    return { strength, ...measure(foldContent(table, { ...trial, sessions: known.counts, strength })) };
  });
  const isBorne = (each: StrengthFigures) => each.warm >= none.warm && !isClearGain(none.warmOnSlate, each.warmOnSlate);
  const [best] = tried.filter((each) => each.cold > none.cold && isBorne(each)).sort((a, b) => b.cold - a.cold);
  const strength = best?.strength;
  return { ...(strength !== undefined && { strength }), questions: questions.cold.length, tried: [none, ...tried] };
}

function drawHeld(sessions: ItemSessions, until: number, random: Random): ReadonlySet<number> {
  const known = Uint32Array.from(new Set(sessions.rows.subarray(0, sessions.starts[until]))).sort();
  return new Set(random.shuffle(known).subarray(0, Math.round(known.length * HELD_SHARE)));
}

/** Of each later session one held and one known item is hidden, if it has one; items that no session taught are not asked for. */
function askAbout(
  sessions: ItemSessions,
  { from, held, random }: { from: number; held: ReadonlySet<number>; random: Random },
): { cold: Question[]; warm: Question[] } {
  const taught = new Set(sessions.rows.subarray(0, sessions.starts[from]));
  const cold: Question[] = [];
  const warm: Question[] = [];
  for (let session = from; session < sessions.count; session++) {
    const all = [...new Set(sessions.rows.subarray(sessions.starts[session], sessions.starts[session + 1]))];
    for (const [questions, isAsked] of [
      [cold, (row: number) => held.has(row)],
      [warm, (row: number) => taught.has(row) && !held.has(row)],
    ] as const) {
      const asked = all.filter(isAsked);
      if (all.length < 2 || asked.length === 0 || questions.length === MOST_QUESTIONS) continue;
      const hidden = asked[random.below(asked.length)] as number;
      questions.push({ shown: all.filter((row) => row !== hidden), hidden });
    }
  }
  return { cold, warm };
}

/** The first sessions, as if the held items had never been there. */
function without(sessions: ItemSessions, until: number, held: ReadonlySet<number>): ItemSessions {
  const starts = new Uint32Array(until + 1);
  const rows: number[] = [];
  for (let session = 0; session < until; session++) {
    for (let i = sessions.starts[session] as number; i < (sessions.starts[session + 1] as number); i++) {
      const row = sessions.rows[i] as number;
      if (!held.has(row)) rows.push(row);
    }
    starts[session + 1] = rows.length;
  }
  return { ...sessions, count: until, starts, rows: Uint32Array.from(rows) };
}

function countSessions(sessions: ItemSessions, count: number): Parameters<WeighOf>[1] {
  const counts = new Uint32Array(count + 1);
  const popularity = new Float64Array(count + 1);
  for (let session = 0; session < sessions.count; session++) {
    const rows = new Set(sessions.rows.subarray(sessions.starts[session], sessions.starts[session + 1]));
    for (const row of rows) {
      counts[row] = (counts[row] as number) + 1;
      popularity[row] = (popularity[row] as number) + (sessions.decay[session] as number);
    }
  }
  return { counts, popularity };
}

/** Where a table puts what is hidden, 1 is first; Infinity where nothing leads to it. */
function ranksIn(table: NeighbourTable, questions: readonly Question[], kind: EventLog['kind']): number[] {
  const score = createTwoHop(table, SECOND_HOP[kind]);
  const into = new Float32Array(table.starts.length - 1);
  return questions.map(({ shown, hidden }) => {
    score(
      shown,
      shown.map(() => 1),
      into,
    );
    for (const row of shown) into[row] = 0;
    const wanted = into[hidden] as number;
    return wanted > 0 ? into.reduce((rank, value) => rank + Number(value > wanted), 1) : Number.POSITIVE_INFINITY;
  });
}

function hitRate(ranks: readonly number[], places: number): number {
  return ranks.filter((rank) => rank <= places).length / Math.max(1, ranks.length);
}
