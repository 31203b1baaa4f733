// In: one event and the state so far. Out: the state after it, and what it counted. Pure but for its argument; runs wherever the engine runs.
import type { InteractionEvent } from '../domain/event.js';
import { SESSION_GAP_MS } from '../domain/session.js';
import {
  addPurchases,
  type ActionKind,
  type ItemActivity,
  MAX_ACTIVE_ITEMS,
  MAX_STEPS,
  type RecentAction,
  type SequenceStep,
  type SessionState,
} from './session-state.js';

/** The longest sliding window. */
export const LONGEST_WINDOW_MS = 300_000;

/** A wall clock set back by more than this starts the windows anew, so that no entry from "the future" lingers in them. */
const CLOCK_TOLERANCE_MS = 60_000;

const DAY_MS = 86_400_000;

/** Told of every countable action as it is folded in, and when the windows start anew. */
export interface ActionSink {
  count(action: RecentAction): void;
  /** a new session, or a clock set back: recount from the state */
  restart(state: SessionState): void;
}

/** Folds one event into the state, in place. */
export function foldEvent(state: SessionState, event: InteractionEvent & { readonly seq?: number }, sink?: ActionSink): void {
  if (enterSession(state, event.occurredAt)) sink?.restart(state);
  state.eventCount++;
  if (event.seq !== undefined) state.seq = event.seq;
  const counted = state.recent.length;
  applyEvent(state, event);
  if (sink) for (const action of state.recent.slice(counted)) sink.count(action);
  expireRecent(state, event.occurredAt);
}

/** @returns whether the windows start anew */
function enterSession(state: SessionState, at: number): boolean {
  const last = state.lastEventAt;
  state.lastEventAt = at;
  if (state.session === 0 || at - last > SESSION_GAP_MS) {
    state.session++;
    state.sessionStartedAt = at;
    state.eventCount = 0;
    state.lastMutationAt = 0;
    state.activity.clear();
    state.recent.length = 0;
    return true;
  }
  if (at >= last - CLOCK_TOLERANCE_MS) return false;
  state.recent.length = 0;
  state.sessionStartedAt = Math.min(state.sessionStartedAt, at);
  return true;
}

function applyEvent(state: SessionState, event: InteractionEvent): void {
  const { type, itemId } = event;
  if (type === 'view_cart') return event.items ? adoptCart(state, event) : undefined;
  if (type === 'purchase') return closeCart(state, event);
  if (!itemId) return;
  switch (type) {
    case 'view_item':
      return view(state, event, itemId);
    case 'add_to_cart':
      return changeLine(state, event, itemId, quantityOf(state, itemId) + (event.quantity ?? 1));
    case 'remove_from_cart':
      return changeLine(state, event, itemId, event.quantity === undefined ? 0 : quantityOf(state, itemId) - event.quantity);
    case 'update_cart':
      return changeLine(state, event, itemId, event.quantity ?? 1);
    case 'dwell':
      return dwell(state, event.occurredAt, itemId, event.dwellMs ?? 0);
    case 'scroll':
      return scroll(state, event.occurredAt, itemId, event.scrollDepthRatio ?? 0);
    case 'dismiss':
      state.dismissed.add(itemId);
  }
}

function view(state: SessionState, event: InteractionEvent, itemId: string): void {
  touch(state, itemId, event.occurredAt).views++;
  act(state, { at: event.occurredAt, itemId, kind: 'view', amount: 1 });
  step(state, event, 'view');
  // A log carries dwell and depth on the view itself; a page sends them when the shopper leaves.
  if (event.dwellMs) dwell(state, event.occurredAt, itemId, event.dwellMs);
  if (event.scrollDepthRatio) scroll(state, event.occurredAt, itemId, event.scrollDepthRatio);
}

/** Sets a cart line to `quantity`; what it was decides whether that is an add, a remove or nothing. */
function changeLine(state: SessionState, event: InteractionEvent, itemId: string, quantity: number): void {
  const before = quantityOf(state, itemId);
  if (quantity > 0) {
    const price = event.price ?? state.cart.get(itemId)?.price;
    const currency = event.currency ?? state.cart.get(itemId)?.currency;
    state.cart.set(itemId, {
      itemId,
      quantity,
      ...(price !== undefined && { price }),
      ...(currency !== undefined && { currency }),
    });
  } else state.cart.delete(itemId);
  const after = Math.max(0, quantity);
  // Removing what is not there still says something about the shopper: a log that starts mid-session holds such rows.
  if (after === before && event.type !== 'remove_from_cart') return;
  const activity = touch(state, itemId, event.occurredAt);
  const kind: ActionKind = after > before ? 'add' : 'remove';
  if (kind === 'add') activity.adds++;
  else activity.removes++;
  activity.removed = after === 0;
  state.lastMutationAt = event.occurredAt;
  act(state, { at: event.occurredAt, itemId, kind, amount: 1 });
  step(state, { ...event, itemId, quantity: Math.abs(after - before) || 1 }, kind);
}

function adoptCart(state: SessionState, event: InteractionEvent): void {
  const lines = event.items ?? [];
  const shown = new Set(lines.map((line) => line.itemId));
  for (const itemId of [...state.cart.keys()]) if (!shown.has(itemId)) changeLine(state, event, itemId, 0);
  for (const line of lines) {
    const { price, currency } = line;
    const priced = { ...event, ...(price !== undefined && { price }), ...(currency !== undefined && { currency }) };
    changeLine(state, priced, line.itemId, line.quantity);
  }
}

/** `items`: that was the whole order; `itemId`: one line of it; neither: the cart as known. */
function closeCart(state: SessionState, event: InteractionEvent): void {
  const bought = event.items?.map((line) => line.itemId) ?? (event.itemId ? [event.itemId] : [...state.cart.keys()]);
  const day = Math.floor(event.occurredAt / DAY_MS);
  addPurchases(
    state,
    bought.map((itemId) => ({ itemId, day })),
  );
  for (const itemId of bought) state.cart.delete(itemId);
  if (event.items || !event.itemId) state.cart.clear();
  const ids = new Set(bought);
  for (const past of state.steps) if (ids.has(past.itemId)) past.kind = 'purchase';
}

function dwell(state: SessionState, at: number, itemId: string, dwellMs: number): void {
  const whole = Math.round(dwellMs); // whole ms: sums stay exact, so windows can subtract what they added
  if (!(whole > 0)) return;
  touch(state, itemId, at).dwellMs += whole;
  act(state, { at, itemId, kind: 'dwell', amount: whole });
  const last = lastStepOf(state, itemId);
  if (last) last.dwellMs += whole;
}

function scroll(state: SessionState, at: number, itemId: string, ratio: number): void {
  const activity = touch(state, itemId, at);
  activity.scrollDepthRatio = Math.max(activity.scrollDepthRatio, Math.min(1, ratio));
  const last = lastStepOf(state, itemId);
  if (last) last.scrollDepthRatio = Math.max(last.scrollDepthRatio, Math.min(1, ratio));
}

function touch(state: SessionState, itemId: string, at: number): ItemActivity {
  const fresh = { views: 0, adds: 0, removes: 0, dwellMs: 0, scrollDepthRatio: 0, lastSeenAt: at, removed: false };
  const activity = state.activity.get(itemId) ?? fresh;
  state.activity.delete(itemId); // re-inserted last: the map stays ordered by last sight
  state.activity.set(itemId, activity);
  activity.lastSeenAt = at;
  if (state.activity.size > MAX_ACTIVE_ITEMS) {
    const oldest = state.activity.keys().next().value;
    if (oldest !== undefined) state.activity.delete(oldest);
  }
  return activity;
}

function act(state: SessionState, action: RecentAction): void {
  state.recent.push(action);
}

function step(state: SessionState, event: InteractionEvent, kind: SequenceStep['kind']): void {
  const { itemId, occurredAt, quantity = 1 } = event;
  if (!itemId) return;
  state.steps.push({ itemId, kind, occurredAt, dwellMs: 0, scrollDepthRatio: 0, quantity, session: state.session });
  if (state.steps.length > MAX_STEPS) state.steps.shift();
}

function lastStepOf(state: SessionState, itemId: string): SequenceStep | undefined {
  return state.steps.findLast((past) => past.itemId === itemId && past.session === state.session);
}

function quantityOf(state: SessionState, itemId: string): number {
  return state.cart.get(itemId)?.quantity ?? 0;
}

/** Drops what no window can see any more. */
function expireRecent(state: SessionState, now: number): void {
  let expired = 0;
  while (expired < state.recent.length && now - (state.recent[expired] as RecentAction).at > LONGEST_WINDOW_MS) expired++;
  if (expired > 0) state.recent.splice(0, expired);
}
