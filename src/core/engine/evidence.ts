import type { ItemFacts } from '../domain/item.js';
import type { SessionView } from '../features/encode-candidates.js';
import type { Bundle } from '../model/bundle.js';
import { findEdge } from '../model/find-edge.js';
import type { Evidence } from '../rank/explain.js';

/** From here on a shopper would agree to have spent time on an item. */
const STUDIED_MS = 10_000;

/** Tells what is true of an item in this session, so that its reason can be picked from facts; each is looked for when it is asked for. */
export function gatherEvidence(
  row: number,
  item: ItemFacts,
  { view, bundle, isPinned }: { view: SessionView; bundle: Bundle; isPinned: boolean },
): Evidence {
  const { state, index } = view;
  const activity = state.activity.get(item.itemId);
  const category = index.categoryOf(row);
  return {
    isPinned,
    get boughtWith() {
      return strongestEdge(row, state.cart.keys(), { bundle, isFolded: false });
    },
    get goesWith() {
      return strongestEdge(row, state.cart.keys(), { bundle, isFolded: true });
    },
    get viewedWith() {
      const viewed = [...state.activity.keys()].filter((itemId) => !state.cart.has(itemId) && itemId !== item.itemId);
      return strongestEdge(row, viewed, { bundle });
    },
    get ownedWith() {
      return strongestEdge(row, state.history.keys(), { bundle });
    },
    wasViewed: (activity?.views ?? 0) > 0,
    wasStudied: (activity?.dwellMs ?? 0) >= STUDIED_MS,
    wasBought: state.history.has(item.itemId),
    category: item.category,
    isOfCartCategory: category > 0 && [...state.cart.keys()].some((itemId) => index.categoryOf(index.rowOf(itemId)) === category),
  };
}

/** The item among `itemIds` with the strongest edge to `row`, with its title. @param isFolded only edges that purchases show, or only others */
function strongestEdge(
  row: number,
  itemIds: Iterable<string>,
  { bundle, isFolded }: { bundle: Bundle; isFolded?: boolean },
): Evidence['boughtWith'] {
  let best: { itemId: string; weight: number } | undefined;
  for (const itemId of itemIds) {
    const edge = findEdge(bundle.neighbours, bundle.index.rowOf(itemId), row);
    if (!edge || (isFolded ?? edge.isFolded) !== edge.isFolded) continue;
    if (edge.weight > (best?.weight ?? 0)) best = { itemId, weight: edge.weight };
  }
  if (!best) return undefined;
  const { title } = bundle.factsOf(bundle.index.rowOf(best.itemId));
  return { itemId: best.itemId, title };
}
