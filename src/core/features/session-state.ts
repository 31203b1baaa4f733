import type { CartLine } from '../domain/cart.js';
import type { OwnPurchase } from '../domain/session.js';

/** The session model sees at most this many steps, the newest: beyond it quality no longer rises and re-running costs. */
export const MAX_STEPS = 50;

/** Actions that the sliding windows count at most, the newest: three a second. A snapshot copies them all, once a second. */
export const MAX_RECENT_ACTIONS = 1_000;

/** Items with activity kept per session; the least recently seen go first. Bounds memory against a crawler in a shopper's clothes. */
export const MAX_ACTIVE_ITEMS = 500;

export type ActionKind = 'view' | 'add' | 'remove' | 'dwell';

/** One countable thing, kept while it is inside the longest sliding window (5 min). */
export interface RecentAction {
  readonly at: number;
  readonly itemId: string;
  readonly kind: ActionKind;
  /** 1, or the dwell in whole ms */
  readonly amount: number;
}

/** What this session knows about one item. */
export interface ItemActivity {
  views: number;
  adds: number;
  removes: number;
  dwellMs: number;
  scrollDepthRatio: number;
  lastSeenAt: number;
  /** taken out of the cart and not put back */
  removed: boolean;
}

/** One step of the session model's input. Later `dwell` and `scroll` events amend it. */
export interface SequenceStep {
  readonly itemId: string;
  kind: 'view' | 'add' | 'remove' | 'purchase';
  readonly occurredAt: number;
  dwellMs: number;
  scrollDepthRatio: number;
  readonly quantity: number;
  readonly session: number;
}

/**
 * What the events so far come to: the fold of the log by `seq`. It knows item ids only, never a bundle's rows, so it survives a
 * new bundle; structured-cloneable, so it is its own snapshot.
 */
export interface SessionState {
  /** the last event folded in */
  seq: number;
  /** counts sessions on this device, 1-based */
  session: number;
  sessionStartedAt: number;
  lastEventAt: number;
  /** events of this session */
  eventCount: number;
  /** epoch ms, 0 when the cart never changed in this session */
  lastMutationAt: number;
  /** outlives a session: a cart is not emptied by waiting */
  readonly cart: Map<string, CartLine>;
  /** this session's, least recently seen first */
  readonly activity: Map<string, ItemActivity>;
  /** ≤ `MAX_STEPS`, oldest first, across sessions */
  readonly steps: SequenceStep[];
  /** ≤ `MAX_RECENT_ACTIONS`, ≤ 5 min old, oldest first */
  readonly recent: RecentAction[];
  /** own purchases: item → days since the epoch, ascending */
  readonly history: Map<string, number[]>;
  /** cards the shopper sent away */
  readonly dismissed: Set<string>;
}

/** Creates the state of a device that has seen nothing. */
export function createSessionState(): SessionState {
  return {
    seq: 0,
    session: 0,
    sessionStartedAt: 0,
    lastEventAt: 0,
    eventCount: 0,
    lastMutationAt: 0,
    cart: new Map(),
    activity: new Map(),
    steps: [],
    recent: [],
    history: new Map(),
    dismissed: new Set(),
  };
}

/** Adds own purchases to the history. Adding the same purchase twice changes nothing. */
export function addPurchases(state: SessionState, purchases: readonly OwnPurchase[]): void {
  for (const { itemId, day } of purchases) {
    const days = state.history.get(itemId);
    if (!days) state.history.set(itemId, [day]);
    else if (!days.includes(day)) days.splice(days.findLastIndex((known) => known < day) + 1, 0, day);
  }
}
