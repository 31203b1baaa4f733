// In: a session's view and a request. Out: an explained slate and the tier that made it. Runs in the worker, on the page and in Node alike.
import type { CartLine } from '../domain/cart.js';
import type { ItemFacts } from '../domain/item.js';
import type { Rules, SignalContribution, Slate, SlateItem } from '../domain/slate.js';
import type { SessionView } from '../features/encode-candidates.js';
import type { ItemIndex } from '../features/item-index.js';
import type { Bundle } from '../model/bundle.js';
import type { ScoredCandidates } from '../model/model-scorer.js';
import type { ModelRuntime } from '../model/runtime.js';
import type { AllRules } from '../rank/apply-rules.js';
import type { RankCandidate } from '../rank/candidate.js';
import { explain } from '../rank/explain.js';
import { rankCandidates } from '../rank/rank-candidates.js';
import type { RecommendRequest } from './contract.js';
import { gatherEvidence } from './evidence.js';
import { kinOf, relationTo, rowsOf } from './kinship.js';
import { createTierScorer } from './tier-scorer.js';

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

export interface SlateRequest extends Omit<RecommendRequest, 'rules'> {
  readonly rules?: AllRules | undefined;
}

export type MadeSlate = Omit<Slate, 'slateId' | 'latencyMs'>;

/** Candidates asked for at least, and per item of the slate: the rules may take many away. */
const MIN_CANDIDATES = 200;
const CANDIDATES_PER_ITEM = 4;

const DAY_MS = 86_400_000;

/** Creates the function that makes slates from one bundle. Scratch memory is shared: one slate at a time. */
export function createSlateMaker(options: SlateMakerOptions): (view: SessionView, request: SlateRequest) => MadeSlate {
  const { bundle, runtime, reasons } = options;
  const { itemTable } = bundle.models ?? {};
  const score = createTierScorer(options);
  const similarity = (itemTable && runtime?.similarityIn(itemTable)) ?? sharedCategory(bundle.index);

  return (view, request) => {
    const { index } = bundle;
    const page = rowsOf(request.aboutItemIds ?? [], index).map(index.itemIdOf);
    const excludeItemIds = [...page, ...(request.placement === 'order' ? justBought(view) : [])];
    const given = { ...options.rules, ...request.rules };
    const isCart = (given.exclude ?? 'cart') === 'cart' && request.placement !== 'product';
    const rules: AllRules = {
      nearDuplicates: isCart ? 'exclude' : 'keep',
      ...given,
      excludeItemIds: [...(given.excludeItemIds ?? []), ...excludeItemIds],
    };
    const factsOf = createFactsOf(bundle, request.facts ?? []);
    const pins = rowsOf(rules.pin ?? [], index);
    const owned = rowsOf([...excludeItemIds, ...view.state.cart.keys()], index);
    const blocked = new Set(rules.exclude === 'none' ? rowsOf(excludeItemIds, index) : owned);
    const isBlocked = (row: number): boolean => blocked.has(row);
    const limit = Math.max(MIN_CANDIDATES, request.size * CANDIDATES_PER_ITEM);
    const asked = page.length ? withCartOf(page, view) : view;
    const scored = score(asked, { isBlocked, extraRows: pins, limit });

    const ranked = rank(scored, { view, rules, owned, size: request.size, factsOf, similarity });
    const signals = contributionsTo(scored, ranked, options);
    const { cart, steps } = asked.state;
    const about = cart.size > 0 ? [...cart.values()] : steps.slice(-1);
    const subjects = rowsOf(
      about.map(({ itemId }) => itemId),
      index,
    );
    const items = ranked.map(({ item, order: row, score: value }, i): SlateItem => {
      const contributions = signals.get(row) ?? [];
      const evidence = gatherEvidence(row, item, { view: asked, bundle, isPinned: pins.includes(row) });
      const kin = subjects.filter((other) => kinOf(row, [other], index));
      const relation = relationTo(kin.map(factsOf), item);
      const reason = explain(contributions, evidence, reasons);
      return { item, position: i + 1, score: value, reason, relation, contributions };
    });
    const strategy = items.length === 0 ? 'none' : scored.strategy;
    return { strategy, items, seq: view.state.seq, bundleId: bundle.manifest.id };
  };
}

/** How alike two rows are where no model has vectors of them: whether they share a category. */
function sharedCategory({ categoryOf }: ItemIndex): RankInput['similarity'] {
  return (a, b) => Number(categoryOf(a) > 0 && categoryOf(a) === categoryOf(b));
}

/** What was bought today or yesterday: a purchase keeps its day alone, and midnight (UTC) may have passed since. */
function justBought({ state, now }: SessionView): string[] {
  const yesterday = Math.floor(now / DAY_MS) - 1;
  return [...state.history].filter(([, days]) => (days.at(-1) ?? 0) >= yesterday).map(([itemId]) => itemId);
}

/** The session as it would be with these items alone in the cart: what is suggested then is what goes with them. */
function withCartOf(itemIds: readonly string[], view: SessionView): SessionView {
  const cart = new Map(itemIds.map((itemId): [string, CartLine] => [itemId, { itemId, quantity: 1 }]));
  return { ...view, state: { ...view.state, cart } };
}

/** The catalogue's facts with the page's over them. */
function createFactsOf(bundle: Bundle, seen: readonly ItemFacts[]): (row: number) => ItemFacts {
  const facts = new Map(seen.map((fact) => [bundle.index.rowOf(fact.itemId), fact]));
  return (row) => {
    const known = bundle.factsOf(row);
    const onPage = bundle.hasCard?.(row) === false ? undefined : facts.get(row);
    return onPage ? { ...known, ...onPage, itemId: known.itemId } : known;
  };
}

function contributionsTo(
  { rows, features }: ScoredCandidates,
  ranked: readonly RankCandidate[],
  { bundle, runtime, contributions }: SlateMakerOptions,
): Map<number, SignalContribution[]> {
  if (contributions === false || !features || !runtime) return new Map();
  const chosen = ranked.map(({ order }) => order);
  return runtime.contributionsOf(
    chosen,
    { rows, features },
    { manifest: bundle.manifest, rankCandidates: runtime.rankCandidates },
  );
}

interface RankInput {
  readonly view: SessionView;
  readonly rules: AllRules;
  /** rows of what is in the cart, and of what the placement leaves out with its variants */
  readonly owned: readonly number[];
  readonly size: number;
  readonly factsOf: (row: number) => ItemFacts;
  readonly similarity: (a: number, b: number) => number;
}

/** A candidate of which nothing is looked up before it is asked for: the rules ask for few. */
class RowCandidate implements RankCandidate {
  readonly order: number;
  readonly score: number;
  readonly #look: RankInput;

  constructor(row: number, score: number, look: RankInput) {
    this.order = row;
    this.score = score;
    this.#look = look;
  }

  get item(): ItemFacts {
    return this.#look.factsOf(this.order);
  }

  get kin(): RankCandidate['kin'] {
    return kinOf(this.order, this.#look.owned, this.#look.view.index);
  }

  get family(): number {
    return this.#look.view.index.familyOf(this.order);
  }
}

/** Ranks the candidates and, if the rules leave too few, fills up by popularity: a slate has `size` items when the catalogue has them. */
function rank(scored: ScoredCandidates, look: RankInput): RankCandidate[] {
  const { view, rules, size, similarity } = look;
  const { state, index } = view;
  const candidates: RankCandidate[] = [];
  for (let i = 0; i < scored.rows.length; i++)
    candidates.push(new RowCandidate(scored.rows[i] as number, scored.scores[i] as number, look));
  const rankAll = (): RankCandidate[] =>
    rankCandidates(candidates, { rules, size, context: state, similarity: (a, b) => similarity(a.order, b.order) });
  const ranked = rankAll();
  if (ranked.length >= size || candidates.length >= index.count) return ranked;
  const least = Math.min(0, ...scored.scores);
  const found = new Set(scored.rows);
  for (let row = 1; row <= index.count; row++) if (!found.has(row)) candidates.push(new RowCandidate(row, least - row, look));
  return rankAll();
}
