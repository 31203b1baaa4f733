import type { CartLine } from '../domain/cart.js';
import type { ItemFacts } from '../domain/item.js';
import type { Rules } from '../domain/slate.js';
import type { RankCandidate } from './candidate.js';

/** A shop's rules, and those that its options make. */
export interface AllRules extends Rules {
  /** categories of which only what is pinned is suggested */
  readonly sensitive?: readonly string[] | undefined;
  /** of these, what is in the cart */
  readonly hidden?: ReadonlyMap<string, unknown>;
}

/** What the rules need to know of the session. */
export interface RuleContext {
  readonly cart: ReadonlyMap<string, CartLine>;
  /** every item the session has touched */
  readonly activity: ReadonlyMap<string, unknown>;
  readonly dismissed: ReadonlySet<string>;
}

/** Creates the test that every item of a slate passes, pins included. Availability is `in_stock` where nothing is known. */
export function createEligibility(rules: AllRules, context: RuleContext): (candidate: RankCandidate) => boolean {
  const exclude = rules.exclude ?? 'cart';
  const excluded = new Set(rules.excludeItemIds);
  const { includeCategories } = rules;
  return ({ item, kin }) => {
    const { itemId } = item;
    const price = item.price as number; // where it is unknown every comparison is false
    if (excluded.has(itemId) || context.dismissed.has(itemId) || item.availability === 'out_of_stock') return false;
    if (exclude !== 'none') {
      if (context.cart.has(itemId) || (exclude === 'cart' && kin === 'variant')) return false;
      if (exclude === 'shown' && context.activity.has(itemId)) return false;
    }
    if (kin && rules.nearDuplicates === 'exclude' && !rules.pin?.includes(itemId)) return false;
    if (includeCategories?.length && !isWithinAny(item, includeCategories)) return false;
    if (isWithinAny(item, rules.excludeCategories)) return false;
    if (isWithinAny(item, rules.sensitive) && (!rules.pin?.includes(itemId) || rules.hidden?.has(itemId))) return false;
    // An item without a price cannot be shown to be inside a band.
    return (rules.minPrice === undefined || price >= rules.minPrice) && (rules.maxPrice === undefined || price <= rules.maxPrice);
  };
}

/** Whether an item's category is, or lies under, one of these: "Home > Kitchen" is within "Home". */
export function isWithinAny({ category }: ItemFacts, ancestors: readonly string[] = []): boolean {
  return category !== undefined && ancestors.some((each) => category === each || category.startsWith(`${each} > `));
}

/** The gap-closing preference never overturns a difference larger than this share of the score range. */
const NEAR_EQUAL = 0.05;

/** Orders candidates by pins, score (with the free-shipping preference), bury; ties by `order`. */
export function orderByRules(candidates: readonly RankCandidate[], rules: Rules): RankCandidate[] {
  const pins = new Map([...new Set(rules.pin)].map((itemId, i) => [itemId, i]));
  const buried = new Set(rules.bury);
  const bonus = gapBonus(candidates, rules.freeShippingGap);
  const key = (candidate: RankCandidate): number =>
    pins.size || buried.size ? (pins.get(candidate.item.itemId) ?? pins.size + Number(buried.has(candidate.item.itemId))) : 0;
  const value = (candidate: RankCandidate): number => candidate.score + bonus(candidate);
  return [...candidates].sort((a, b) => key(a) - key(b) || value(b) - value(a) || a.order - b.order);
}

function gapBonus(candidates: readonly RankCandidate[], gap: number | undefined): (candidate: RankCandidate) => number {
  if (gap === undefined || gap <= 0) return () => 0;
  const scores = candidates.map((candidate) => candidate.score);
  const range = Math.max(...scores) - Math.min(...scores);
  return ({ item }) => (item.price !== undefined && item.price >= gap && item.price <= gap * 1.5 ? range * NEAR_EQUAL : 0);
}
