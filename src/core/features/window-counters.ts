import type { ActionSink } from './fold-event.js';
import { LONGEST_WINDOW_MS } from './fold-event.js';
import type { ItemIndex } from './item-index.js';
import type { ActionKind, RecentAction, SessionState } from './session-state.js';

const SHORT_WINDOW_MS = 60_000;
const WINDOWS = 3; // 60 s, 5 min, session
const MEASURES: Readonly<Record<ActionKind, number>> = { view: 0, add: 1, remove: 2, dwell: 3 };

/** Counts per group: `[measure][window]`, measures views, adds, removes, dwell ms; windows 60 s, 5 min, session. */
export const COUNTS_PER_GROUP = 4 * WINDOWS;

const NONE = new Float64Array(COUNTS_PER_GROUP);

interface Groups {
  readonly total: Float64Array;
  readonly category: Map<number, Float64Array>;
  readonly brand: Map<number, Float64Array>;
  readonly band: Map<number, Float64Array>;
}

/** Sliding-window counts over views, adds, removes and dwell, in all and per category, brand and price band. */
export interface WindowCounters extends ActionSink {
  /** Lets actions leave the windows they have outlived. */
  advance(now: number): void;
  /** @returns `[COUNTS_PER_GROUP]`, to be read at once; zeros for group 0 (unknown) */
  of(group: 'category' | 'brand' | 'band', key: number): Float64Array;
  readonly total: Float64Array;
}

/**
 * Creates the counters of a session for one catalogue. Each action is added once and subtracted once from each window, so an event
 * costs O(1); all amounts are whole numbers, so subtracting leaves no residue and the counts equal a recount at any time.
 */
export function createWindowCounters(index: ItemIndex, state: SessionState): WindowCounters {
  const groups: Groups = { total: new Float64Array(COUNTS_PER_GROUP), category: new Map(), brand: new Map(), band: new Map() };
  let recent: RecentAction[] = [];
  let longFrom = 0; // recent[longFrom…] are inside 5 min
  let shortFrom = 0; // recent[shortFrom…] are inside 60 s

  const add = (action: Omit<RecentAction, 'at'>, window: number, sign: 1 | -1): void => {
    const at = MEASURES[action.kind] * WINDOWS + window;
    const amount = sign * action.amount;
    groups.total[at] = (groups.total[at] as number) + amount;
    const row = index.rowOf(action.itemId);
    if (row === 0) return;
    bump(groups.category, index.categoryOf(row), at, amount);
    bump(groups.brand, index.brandOf(row), at, amount);
    bump(groups.band, index.priceBandOf(row), at, amount);
  };

  const counters: WindowCounters = {
    total: groups.total,
    count(action) {
      recent.push(action);
      for (let window = 0; window < WINDOWS; window++) add(action, window, 1);
    },
    restart(from) {
      groups.total.fill(0);
      for (const group of [groups.category, groups.brand, groups.band]) group.clear();
      recent = [...from.recent];
      longFrom = 0;
      shortFrom = 0;
      for (const action of recent) for (const window of [0, 1]) add(action, window, 1);
      for (const [itemId, activity] of from.activity) {
        for (const [kind, amount] of [
          ['view', activity.views],
          ['add', activity.adds],
          ['remove', activity.removes],
          ['dwell', activity.dwellMs],
        ] as const) {
          if (amount > 0) add({ itemId, kind, amount }, 2, 1);
        }
      }
    },
    advance(now) {
      for (; shortFrom < recent.length && now - (recent[shortFrom] as RecentAction).at > SHORT_WINDOW_MS; shortFrom++) {
        add(recent[shortFrom] as RecentAction, 0, -1);
      }
      for (; longFrom < recent.length && now - (recent[longFrom] as RecentAction).at > LONGEST_WINDOW_MS; longFrom++) {
        add(recent[longFrom] as RecentAction, 1, -1);
      }
      if (longFrom > 1_000) {
        recent.splice(0, longFrom);
        shortFrom -= longFrom;
        longFrom = 0;
      }
    },
    of(group, key) {
      return (key > 0 && groups[group].get(key)) || NONE;
    },
  };
  counters.restart(state);
  return counters;
}

function bump(group: Map<number, Float64Array>, key: number, at: number, amount: number): void {
  if (key === 0) return;
  let counts = group.get(key);
  if (!counts) {
    counts = new Float64Array(COUNTS_PER_GROUP);
    group.set(key, counts);
  }
  counts[at] = (counts[at] as number) + amount;
}
