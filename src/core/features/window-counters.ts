import type { ActionSink } from './fold-event.js';
import { LONGEST_WINDOW_MS } from './fold-event.js';
import type { ItemIndex } from './item-index.js';
import { type ActionKind, MAX_RECENT_ACTIONS, type RecentAction, type SessionState } from './session-state.js';

const WINDOW_MS = [60_000, LONGEST_WINDOW_MS] as const;
const WINDOWS = 3; // 60 s, 5 min, session
const SESSION = 2;
const MEASURES: Readonly<Record<ActionKind, number>> = { view: 0, add: 1, remove: 2, dwell: 3 };

/** Counts per group: `[measure][window]`, measures views, adds, removes, dwell ms; windows 60 s, 5 min, session. */
export const COUNTS_PER_GROUP = 4 * WINDOWS;

/** What `of` answers where nothing was counted. */
export const NO_COUNTS = new Float64Array(COUNTS_PER_GROUP);

export type CountedGroup = 'category' | 'brand' | 'band';

/** Sliding-window counts over views, adds, removes and dwell, in all and per category, brand and price band. */
export interface WindowCounters extends ActionSink {
  /** Lets actions leave the windows they have outlived. */
  advance(now: number): void;
  /** @returns `[COUNTS_PER_GROUP]`, to be read at once; `NO_COUNTS` for group 0 (unknown) */
  of(group: CountedGroup, key: number): Float64Array;
  readonly total: Float64Array;
}

/**
 * Creates the counters of a session for one catalogue. Each action is added once and subtracted once from each window, so an event
 * costs O(1); all amounts are whole numbers, so subtracting leaves no residue and the counts equal a recount at any time.
 */
export function createWindowCounters(index: ItemIndex, state: SessionState): WindowCounters {
  const counters = new SlidingCounters(index);
  counters.restart(state);
  return counters;
}

class SlidingCounters implements WindowCounters {
  readonly total = new Float64Array(COUNTS_PER_GROUP);
  readonly #index: ItemIndex;
  readonly #groups = {
    category: new Map<number, Float64Array>(),
    brand: new Map<number, Float64Array>(),
    band: new Map<number, Float64Array>(),
  };
  #recent: RecentAction[] = [];
  /** recent[from…] are inside the window: 60 s, 5 min */
  readonly #from: [number, number] = [0, 0];

  constructor(index: ItemIndex) {
    this.#index = index;
  }

  count(action: RecentAction): void {
    this.#recent.push(action);
    for (let window = 0; window < WINDOWS; window++) this.#add(action, window, action.amount);
    // Where nobody asks for slates, which advance it.
    if (this.#recent.length > 2 * MAX_RECENT_ACTIONS) this.advance(action.at);
  }

  restart(state: SessionState): void {
    this.total.fill(0);
    for (const group of Object.values(this.#groups)) group.clear();
    this.#recent = [...state.recent];
    this.#from.fill(0);
    for (const action of this.#recent) for (const window of [0, 1]) this.#add(action, window, action.amount);
    for (const [itemId, { views, adds, removes, dwellMs }] of state.activity) {
      this.#add({ itemId, kind: 'view' }, SESSION, views);
      this.#add({ itemId, kind: 'add' }, SESSION, adds);
      this.#add({ itemId, kind: 'remove' }, SESSION, removes);
      this.#add({ itemId, kind: 'dwell' }, SESSION, dwellMs);
    }
  }

  advance(now: number): void {
    for (const window of [0, 1] as const) {
      for (; this.#from[window] < this.#recent.length; this.#from[window]++) {
        const action = this.#recent[this.#from[window]] as RecentAction;
        // The state keeps no more than so many, whatever their age.
        const isKept = this.#recent.length - this.#from[window] <= MAX_RECENT_ACTIONS;
        if (isKept && now - action.at <= WINDOW_MS[window]) break;
        this.#add(action, window, -action.amount);
      }
    }
    // In batches: to shift each is slow.
    if (this.#from[1] < MAX_RECENT_ACTIONS) return;
    this.#recent.splice(0, this.#from[1]);
    this.#from[0] -= this.#from[1];
    this.#from[1] = 0;
  }

  of(group: CountedGroup, key: number): Float64Array {
    return (key > 0 && this.#groups[group].get(key)) || NO_COUNTS;
  }

  #add({ itemId, kind }: Pick<RecentAction, 'itemId' | 'kind'>, window: number, amount: number): void {
    const at = MEASURES[kind] * WINDOWS + window;
    this.total[at] = (this.total[at] as number) + amount;
    const row = this.#index.rowOf(itemId);
    const keys = { category: this.#index.categoryOf(row), brand: this.#index.brandOf(row), band: this.#index.priceBandOf(row) };
    for (const group of ['category', 'brand', 'band'] as const) {
      const key = keys[group];
      if (row === 0 || key === 0) continue;
      const counts = this.#groups[group].get(key) ?? new Float64Array(COUNTS_PER_GROUP);
      counts[at] = (counts[at] as number) + amount;
      this.#groups[group].set(key, counts);
    }
  }
}
