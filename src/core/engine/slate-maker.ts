// In: a session's view and a request. Out: an explained slate and the tier that made it. Runs in the worker, on the page and in Node alike.
import type { ItemFacts } from '../domain/item.js';
import type { Reason, Rules, SignalContribution, Slate, SlateItem, Strategy } from '../domain/slate.js';
import type { SessionView } from '../features/encode-candidates.js';
import { normalise } from '../features/normalisation.js';
import type { Bundle } from '../model/bundle.js';
import { itemSimilarity } from '../model/item-similarity.js';
import type { ModelRuntime } from '../model/runtime.js';
import { type Candidates, createScorer } from '../model/scorer.js';
import type { RankCandidate } from '../rank/candidate.js';
import { explain } from '../rank/explain.js';
import { rankCandidates } from '../rank/rank-candidates.js';
import type { RecommendRequest } from './contract.js';
import { contributionsOf } from './contributions.js';
import { gatherEvidence } from './evidence.js';

export interface SlateMakerOptions {
  readonly bundle: Bundle;
  readonly runtime?: ModelRuntime | undefined;
  readonly rules: Rules;
  readonly reasons: 'cart' | 'session';
  /** false leaves out the contributions, where nobody reads them: they cost a second pass of the ranker */
  readonly contributions?: boolean;
  /** told when the model fails: the slate then comes from the next tier */
  readonly onModelError: (error: unknown) => void;
}

export type MadeSlate = Omit<Slate, 'slateId' | 'latencyMs'>;

interface Scored {
  readonly strategy: Strategy;
  readonly scores: Float32Array;
  /** normalised, only in the `model` tier */
  readonly features?: Float32Array;
}

/** Creates the function that makes slates from one bundle. Scratch memory is shared: one slate at a time. */
export function createSlateMaker(options: SlateMakerOptions): (view: SessionView, request: RecommendRequest) => MadeSlate {
  const { bundle, runtime } = options;
  const { index, manifest, models } = bundle;
  const score = createScorer({
    index,
    neighbours: bundle.neighbours,
    log: manifest.log,
    ...(runtime &&
      models && {
        itemTable: models.itemTable,
        behaviour: manifest.features.behaviour,
        encodeSession: (rows: Int32Array, behaviour: Float32Array) => runtime.encodeSession(rows, behaviour),
      }),
  });
  const scoreWithoutModel = createScorer({ index, neighbours: bundle.neighbours, log: manifest.log });

  const scoreByTier = (
    view: SessionView,
    candidateOptions: Parameters<typeof score>[1],
  ): { candidates: Candidates; scored: Scored } => {
    if (runtime && models && hasContext(view)) {
      try {
        const candidates = score(view, candidateOptions);
        const features = normalise(candidates.features, manifest.features.candidate);
        const scores = runtime.rankCandidates(features, candidates.rows.length);
        return { candidates, scored: { strategy: 'model', scores, features } };
      } catch (error) {
        options.onModelError(error);
      }
    }
    const candidates = scoreWithoutModel(view, candidateOptions);
    const strategy = candidates.tableScores.some((value) => value > 0) ? 'neighbours' : 'popularity';
    return { candidates, scored: { strategy, scores: candidates.tableScores } };
  };

  return (view, request) => {
    const rules = { ...options.rules, ...request.rules };
    const facts = new Map(request.facts?.map((fact) => [index.itemIdOf(index.rowOf(fact.itemId)) || fact.itemId, fact]));
    const factsOf = (row: number): ItemFacts => {
      const known = bundle.factsOf(row);
      const seen = facts.get(known.itemId);
      return seen ? { ...known, ...seen, itemId: known.itemId } : known;
    };
    const pins = (rules.pin ?? []).map((itemId) => index.rowOf(itemId)).filter((row) => row > 0);
    const cartRows = new Set([...view.state.cart.keys()].map((itemId) => index.rowOf(itemId)));
    const isBlocked = (row: number): boolean => rules.exclude !== 'none' && cartRows.has(row);
    const { candidates, scored } = scoreByTier(view, { isBlocked, extraRows: pins, limit: Math.max(200, request.size * 4) });

    const ranked = rank({ candidates, scored, view, rules, size: request.size, factsOf, bundle });
    const explains = options.contributions !== false && scored.features && runtime;
    const signals = explains ? contributionsOf(ranked.rows, candidates, scored.features, manifest, runtime) : new Map();
    const items = ranked.rows.map((row, i): SlateItem => {
      const item = factsOf(row);
      const contributions: readonly SignalContribution[] = signals.get(row) ?? [];
      const evidence = gatherEvidence(row, item, { view, bundle, isPinned: pins.includes(row) });
      const reason: Reason = explain(contributions, evidence, options.reasons);
      return { item, position: i + 1, score: ranked.scores[i] as number, reason, contributions };
    });
    const strategy = items.length === 0 ? 'none' : scored.strategy;
    return { strategy, items, seq: view.state.seq, bundleId: manifest.id };
  };
}

/** Whether the session says anything that the model could use. */
function hasContext({ state, index }: SessionView): boolean {
  const isKnown = (itemId: string): boolean => index.rowOf(itemId) > 0;
  return state.steps.some((step) => isKnown(step.itemId)) || [...state.cart.keys(), ...state.history.keys()].some(isKnown);
}

interface RankInput {
  readonly candidates: Candidates;
  readonly scored: Scored;
  readonly view: SessionView;
  readonly rules: Rules;
  readonly size: number;
  readonly factsOf: (row: number) => ItemFacts;
  readonly bundle: Bundle;
}

/** Ranks the candidates and, if the rules leave too few, fills up by popularity: a slate has `size` items when the catalogue has them. */
function rank({ candidates, scored, view, rules, size, factsOf, bundle }: RankInput): { rows: number[]; scores: number[] } {
  const { state, index } = view;
  const familyOf = (row: number): string => index.itemIdOf(index.familyOf(row));
  const isCandidate = new Set(candidates.rows);
  const entries: RankCandidate[] = Array.from(candidates.rows, (row, i) => {
    const item = factsOf(row);
    return { item, family: familyOf(row), score: scored.scores[i] as number, order: row };
  });
  const context = {
    cart: state.cart,
    sessionItemIds: new Set(state.activity.keys()),
    dismissed: state.dismissed,
    cartFamilies: new Set([...state.cart.keys()].map((itemId) => familyOf(index.rowOf(itemId))).filter(Boolean)),
  };
  const similarity = itemSimilarity(bundle);
  const options = { rules, size, context, similarity: (a: RankCandidate, b: RankCandidate) => similarity(a.order, b.order) };
  let ranked = rankCandidates(entries, options);
  if (ranked.length < size && entries.length < index.count) {
    const least = entries.reduce((least, entry) => Math.min(least, entry.score), 0);
    const rest: RankCandidate[] = [];
    for (let row = 1; row <= index.count; row++) {
      if (!isCandidate.has(row)) rest.push({ item: factsOf(row), family: familyOf(row), score: least - row, order: row });
    }
    ranked = rankCandidates([...entries, ...rest], options);
  }
  return { rows: ranked.map((candidate) => candidate.order), scores: ranked.map((candidate) => candidate.score) };
}
