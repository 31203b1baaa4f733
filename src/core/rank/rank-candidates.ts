// In: scored candidates and the shop's rules. Out: the items of a slate, in order. Pure; runs wherever the engine runs.
import { type AllRules, createEligibility, orderByRules, type RuleContext } from './apply-rules.js';
import type { RankCandidate } from './candidate.js';
import { diversify, type Similarity } from './diversify.js';

export interface RankOptions {
  readonly rules: AllRules;
  readonly size: number;
  readonly context: RuleContext;
  readonly similarity: Similarity;
}

/** Places that are for complements where near-duplicates come after them: what a cart page shows. */
const COMPLEMENT_PLACES = 4;

/**
 * Filters, orders and diversifies candidates into at most `size` items, without duplicates. Pinned items keep the first places
 * whatever their score; `maxPerCategory` counts them too. Of a product's variants the best has its place, and the others come last, unless
 * nothing of the cart is excluded either.
 */
export function rankCandidates(
  candidates: Iterable<RankCandidate>,
  { rules, size, context, similarity }: RankOptions,
): RankCandidate[] {
  const pins = new Set(rules.pin);
  const buried = new Set(rules.bury);
  const partOf = ({ item }: RankCandidate): number => (pins.has(item.itemId) ? 0 : buried.has(item.itemId) ? 2 : 1);
  const isEligible = createEligibility(rules, context);
  const isGapWanted = (rules.freeShippingGap ?? 0) > 0;
  const comparesAll = isGapWanted || rules.diversity || rules.maxPerCategory || rules.nearDuplicates === 'after';
  const finite = [...candidates].filter(({ score }) => Number.isFinite(score));
  const seen = new Set<string>();
  const families = new Set<unknown>();
  const inOrder: RankCandidate[] = [];
  for (const candidate of orderByRules(isGapWanted ? finite.filter(isEligible) : finite, rules)) {
    // The first products fill the slate, whatever else there is: of most candidates nothing needs to be known.
    if (!comparesAll && families.size === size) break;
    if (seen.has(candidate.item.itemId) || !isEligible(candidate)) continue;
    seen.add(candidate.item.itemId);
    inOrder.push(candidate);
    if (partOf(candidate) === 1) families.add(candidate.family ?? candidate);
  }
  const ordered = capCategories(rules.exclude === 'none' ? inOrder : variantsLate(inOrder), rules.maxPerCategory);
  const [pinned = [], free = [], last = []] = [0, 1, 2].map((part) => ordered.filter((each) => partOf(each) === part));
  const choose = (from: readonly RankCandidate[], places: number): RankCandidate[] =>
    diversify(from, { diversity: rules.diversity ?? 0, size: Math.max(0, places - pinned.length), similarity });
  const isKinLate = rules.nearDuplicates === 'after';
  const first = choose(isKinLate ? free.filter(({ kin }) => !kin) : [], COMPLEMENT_PLACES);
  return [...new Set([...pinned, ...first, ...choose(free, size), ...last])].slice(0, size);
}

function variantsLate(ordered: readonly RankCandidate[]): RankCandidate[] {
  const families = new Set<number | undefined>();
  const [best, others]: [RankCandidate[], RankCandidate[]] = [[], []];
  for (const each of ordered) {
    const { family } = each;
    (families.has(family) ? others : best).push(each);
    if (family !== undefined) families.add(family);
  }
  return [...best, ...others];
}

function capCategories(ordered: RankCandidate[], max: number | undefined): RankCandidate[] {
  if (max === undefined) return ordered;
  const counts = new Map<string, number>();
  return ordered.filter(({ item }) => {
    if (item.category === undefined) return true;
    const count = (counts.get(item.category) ?? 0) + 1;
    counts.set(item.category, count);
    return count <= max;
  });
}
